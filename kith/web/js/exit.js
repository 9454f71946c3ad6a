// Quick exit, also by Shift three times within two seconds: the page is emptied at once, the session ends, another site takes its place.
const WITHIN = 2000;
const PATIENCE = 400; // milliseconds for the answer that has the browser throw things away; past that it goes on by itself

export default function exit(element) {
  const form = element.querySelector("form");
  let times = [];
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      times = [];
      return;
    }
    times = [...times.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
    if (times.length >= 3) leave(form);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave(form);
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    empty(); // a kept copy: who is here now may be somebody else
    location.reload();
  });
}

function empty() {
  document.title = "";
  document.documentElement.replaceChildren();
}

async function leave(form) {
  const { action, dataset } = form;
  const ended = fetch(action, { method: "POST", keepalive: true, credentials: "same-origin" }).catch(() => {});
  empty();
  await Promise.race([ended, new Promise((go) => setTimeout(go, PATIENCE))]);
  location.replace(dataset.onward || action);
}
