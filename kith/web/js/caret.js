// A link to a field: the keyboard goes behind the words that it is about. Nothing is selected, so the next letter takes nothing away.
export default function caret(link) {
  link.addEventListener("click", () => {
    const words = link.dataset.words;
    const fields = [document.querySelector(link.hash), ...link.closest("form").querySelectorAll("textarea, input[type=text]")];
    const field = fields.find((one) => one?.value.includes(words)) ?? fields[0];
    if (!field) return;
    const at = field.value.indexOf(words);
    const behind = at < 0 ? field.value.length : at + words.length;
    link.hash = field.id; // the browser goes there next, and leaves the caret where it is
    field.focus();
    field.setSelectionRange(behind, behind);
  });
}
