// Makes or shows a passkey. The form holds what the server asks (data-asked) and is sent with what the device answered.
// Without script, or where the device knows no passkeys, the form stays hidden and the words are the way in.
(() => {
  "use strict";
  const form = document.getElementById("key");
  if (!form || !window.PublicKeyCredential) return;
  const asked = JSON.parse(form.dataset.asked).publicKey;
  const failed = document.getElementById("key-failed");
  form.hidden = false;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  asked.challenge = bytes(asked.challenge);
  if (asked.user) asked.user.id = bytes(asked.user.id);
  for (const each of asked.excludeCredentials || []) each.id = bytes(each.id);

  const plain = (key) => {
    const response = { clientDataJSON: text(key.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[name]) response[name] = text(key.response[name]);
    }
    return { id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: {} };
  };

  form.addEventListener("submit", async (event) => {
    if (form.elements.made.value) return;
    event.preventDefault();
    failed.hidden = true;
    try {
      const key = asked.user
        ? await navigator.credentials.create({ publicKey: asked })
        : await navigator.credentials.get({ publicKey: asked });
      form.elements.made.value = JSON.stringify(plain(key));
      form.requestSubmit();
    } catch {
      failed.hidden = false;
    }
  });
})();
