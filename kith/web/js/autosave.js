// Keeps a draft on the server while somebody writes; says only what is true.
const PAUSE = 1500;
const AGAIN = 10000; // after what passes by itself: no network, too much at once, a database that is busy or full
const FIELDS = ["words", "title", "note", "wish", "nameless"];

export default function autosave(form) {
  new Autosave(form);
}

class Autosave {
  #form;
  #line;
  #timer = 0;
  #last = "";
  #posting = false;

  constructor(form) {
    this.#form = form;
    this.#line = form.querySelector("[data-saved]");
    this.#last = this.#body(drawn(form)).toString();
    form.addEventListener("input", () => this.#soon());
    form.addEventListener("focusout", () => this.#save());
    form.addEventListener("submit", () => (this.#posting = true));
    window.addEventListener("pagehide", () => this.#save(true));
    window.addEventListener("pageshow", () => (this.#posting = false));
    if (this.#body().toString() !== this.#last) this.#soon(); // typed before this script came
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), PAUSE);
  }

  #body(form = this.#form) {
    const data = new FormData(form);
    const body = new URLSearchParams();
    for (const name of FIELDS) if (data.has(name)) body.set(name, data.get(name));
    return body;
  }

  async #save(leaving = false) {
    clearTimeout(this.#timer);
    if (!this.#form.isConnected) return; // somebody left at once: what she threw away is not sent again
    const body = this.#body();
    const now = body.toString();
    if (this.#posting || now === this.#last) return;
    body.set("base", this.#form.elements.base?.value ?? "0");
    body.set("csrfmiddlewaretoken", this.#form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(this.#form.dataset.saveUrl, { method: "POST", body, keepalive: leaving, credentials: "same-origin" });
      await this.#answered(answer, now);
    } catch {
      this.#later();
    }
  }

  async #answered(answer, now) {
    if (answer.ok) {
      this.#last = now;
      this.#form.elements.base.value = (await answer.json()).version;
      this.#say("", "saved");
    } else if (answer.status === 409) {
      this.#say("waiting", "other");
    } else if (answer.status === 429 || answer.status >= 500) {
      this.#later();
    } else {
      this.#say("lost", "lost");
    }
  }

  #later() {
    this.#say("lost", "lost");
    this.#timer = setTimeout(() => this.#save(), AGAIN);
  }

  #say(state, words) {
    if (!this.#line) return;
    this.#line.className = state ? `saved saved--${state}` : "saved";
    this.#line.textContent = this.#line.dataset[words] ?? "";
  }
}

// The form as the page came: on a slow line somebody types before the scripts are there.
function drawn(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return copy;
}
