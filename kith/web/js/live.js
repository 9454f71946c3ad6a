// New posts appear in an open topic: the stream names a number, the page fetches that post like any other page.
const policy = window.trustedTypes?.createPolicy("kith", { createHTML: (html) => html }) ?? { createHTML: (html) => html };

export default function live(thread) {
  if (!thread.dataset.liveUrl || !window.EventSource) return;
  const source = new EventSource(thread.dataset.liveUrl);
  const show = ({ type, data }) => refresh(thread, type, JSON.parse(data).number);
  for (const kind of ["post", "changed", "gone"]) source.addEventListener(kind, show);
  window.addEventListener("pagehide", () => source.close());
}

async function refresh(thread, kind, number) {
  if (kind === "post" && document.getElementById(`p${number}`)) return; // came with the page: whoever reads it keeps her place in it
  const answer = await fetch(`${thread.dataset.postUrl}${number}/`, { credentials: "same-origin" });
  if (!answer.ok) return;
  const fragment = new DOMParser().parseFromString(policy.createHTML(await answer.text()), "text/html");
  const post = fragment.querySelector(".post");
  const old = document.getElementById(`p${number}`);
  if (!post) {
    old?.remove(); // taken back without a line in its place
  } else if (old) {
    old.replaceWith(post);
  } else if (thread.dataset.last) {
    thread.append(post);
    document.querySelector("[data-live-note]").textContent = thread.dataset.note;
  }
}
