// Shows the forms for passkeys where the browser knows them, and fills in the browser's answer.

const known = window.PublicKeyCredential?.parseCreationOptionsFromJSON;

const ways = {
  create: (options) =>
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
    }),
  get: (options) =>
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
    }),
};

async function answer(event) {
  event.preventDefault();
  const form = event.target;
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const { publicKey } = JSON.parse(form.dataset.options);
    const credential = await ways[form.dataset.passkey](publicKey);
    form.elements.answer.value = JSON.stringify(credential.toJSON());
    form.submit(); // does not come here again
  } catch {
    failed.hidden = false;
  }
}

for (const form of known ? document.querySelectorAll("[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", answer);
}
