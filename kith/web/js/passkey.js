// Makes or shows a passkey: what the server asks stands in the form, what the browser answers goes back in it.
export default function passkey(form) {
  if (!window.PublicKeyCredential) return;
  form.hidden = false; // without scripts it could do nothing
  form.addEventListener("submit", async (event) => {
    const answer = form.elements.answer;
    if (answer.value || event.submitter?.name === "skip") return;
    event.preventDefault();
    const line = form.querySelector("[data-problem]");
    line.textContent = "";
    try {
      answer.value = JSON.stringify(packed(await asked(form.dataset.passkey, JSON.parse(form.dataset.options).publicKey)));
      form.submit();
    } catch {
      line.textContent = line.dataset.problem; // she has said no, or it took too long
    }
  });
}

function asked(what, options) {
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  if (options.user) publicKey.user = { ...options.user, id: bytes(options.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (options[list]) publicKey[list] = options[list].map((held) => ({ ...held, id: bytes(held.id) }));
  }
  return what === "make" ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey });
}

function packed(made) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = text(made.response[name]);
  }
  return { id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: made.getClientExtensionResults() };
}

function bytes(words) {
  return Uint8Array.from(atob(words.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
