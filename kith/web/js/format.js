// A small bar above a text: bold, italic, list, quote, link. It only types the marks that anybody could type.
const WRAPS = { bold: "**", italic: "*" };
const LOOKS = { bold: "formatting__button--bold", italic: "formatting__button--italic" };
const LINES = { list: "- ", quote: "> " };

export default function format(bar) {
  const text = document.getElementById(bar.dataset.for);
  if (!text) return;
  for (const kind of ["bold", "italic", "list", "quote", "link"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `formatting__button ${LOOKS[kind] ?? ""}`;
    button.textContent = bar.dataset[kind];
    button.addEventListener("click", () => apply(text, kind));
    bar.append(button);
  }
  bar.setAttribute("role", "group");
  bar.hidden = false;
}

function apply(text, kind) {
  text.focus();
  const { selectionStart: from, selectionEnd: to, value } = text;
  const chosen = value.slice(from, to);
  if (kind in WRAPS) return put(text, from, to, WRAPS[kind] + chosen + WRAPS[kind], WRAPS[kind].length, chosen.length);
  if (kind === "link") return put(text, from, to, `[${chosen}](https://)`, 1, chosen.length);
  const start = value.lastIndexOf("\n", from - 1) + 1;
  const lines = value.slice(start, to).split("\n").map((line) => LINES[kind] + line);
  put(text, start, to, lines.join("\n"), lines.join("\n").length, 0);
}

// Typed as if by hand where the browser can, so that undo works.
function put(text, from, to, words, caret, length) {
  text.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, words)) {
    text.setRangeText(words, from, to, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  text.setSelectionRange(from + caret, from + caret + length);
}
