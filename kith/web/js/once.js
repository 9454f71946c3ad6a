// A form is sent once: a second press while the first is on its way does nothing.
export default function once(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    if (![...form.querySelectorAll("input[type=file]")].some((input) => input.files.length)) form.enctype = ""; // words alone go as plain fields
    event.submitter?.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  });
}
