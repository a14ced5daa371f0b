// Passkeys (WebAuthn Level 3): asks the server what to ask the browser, and sends its answer as an ordinary form.
// A form shows itself where the browser can; without this file there are the other ways.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (keys) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

async function create(options) {
  const user = { ...options.user, id: bytes(options.user.id) };
  const publicKey = { ...options, user, challenge: bytes(options.challenge), excludeCredentials: listed(options.excludeCredentials) };
  const made = await navigator.credentials.create({ publicKey });
  const { attestationObject, clientDataJSON } = made.response;
  return { id: made.id, rawId: text(made.rawId), type: made.type, response: { attestationObject: text(attestationObject), clientDataJSON: text(clientDataJSON) } };
}

async function get(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: listed(options.allowCredentials) };
  const found = await navigator.credentials.get({ publicKey });
  const { authenticatorData, clientDataJSON, signature, userHandle } = found.response;
  const response = { authenticatorData: text(authenticatorData), clientDataJSON: text(clientDataJSON), signature: text(signature), userHandle: userHandle ? text(userHandle) : null };
  return { id: found.id, rawId: text(found.rawId), type: found.type, response };
}

async function ask(form) {
  const said = form.querySelector("[data-said]");
  said.textContent = "";
  try {
    const answer = await fetch(form.dataset.ask, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const options = await answer.json();
    if (options.problem) { said.textContent = options.problem; return; }
    const credential = await (form.dataset.passkey === "create" ? create : get)(options);
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    said.textContent = said.dataset.said;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const host = form.dataset.host;
  const fits = location.hostname === host || location.hostname.endsWith(`.${host}`);
  if (!fits || !window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(form); });
}
