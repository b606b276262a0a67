// Passkeys. The button in a part with data-passkey asks the browser for one, that in a part with data-new-passkey has it
// make one; either puts the answer into the hidden field and sends the form that it stands in. Without script, or where
// the browser has no passkeys, these parts stay hidden, and the rest of the page does the same work.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const withId = (listed) => (listed || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const ask = async (options) => {
    const asked = { ...options, challenge: bytes(options.challenge), allowCredentials: withId(options.allowCredentials) };
    const found = await navigator.credentials.get({ publicKey: asked });
    return {
      id: found.id, rawId: text(found.rawId), type: found.type,
      authenticatorAttachment: found.authenticatorAttachment, clientExtensionResults: found.getClientExtensionResults(),
      response: {
        authenticatorData: text(found.response.authenticatorData), clientDataJSON: text(found.response.clientDataJSON),
        signature: text(found.response.signature),
        userHandle: found.response.userHandle ? text(found.response.userHandle) : null,
      },
    };
  };

  const make = async (options) => {
    const asked = {
      ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: withId(options.excludeCredentials),
    };
    const made = await navigator.credentials.create({ publicKey: asked });
    return {
      id: made.id, rawId: text(made.rawId), type: made.type,
      authenticatorAttachment: made.authenticatorAttachment, clientExtensionResults: made.getClientExtensionResults(),
      response: {
        attestationObject: text(made.response.attestationObject), clientDataJSON: text(made.response.clientDataJSON),
        transports: made.response.getTransports ? made.response.getTransports() : [],
      },
    };
  };

  const byNumber = /^[\d.]+$|^\[/.test(location.hostname); // a passkey belongs to a name, never to an IP address
  for (const part of document.querySelectorAll("[data-passkey], [data-new-passkey]")) {
    if (byNumber) {
      for (const note of document.querySelectorAll("[data-by-number]")) note.hidden = false;
      continue;
    }
    if (!window.PublicKeyCredential) continue;
    part.hidden = false;
    const said = part.querySelector("[role=status]");
    part.querySelector("button").addEventListener("click", async () => {
      said.textContent = "Your device is asking you now.";
      try {
        const isNew = "newPasskey" in part.dataset;
        const options = JSON.parse(isNew ? part.dataset.newPasskey : part.dataset.passkey).publicKey;
        const answer = isNew ? await make(options) : await ask(options);
        part.querySelector("input[data-answer]").value = JSON.stringify(answer);
        part.closest("form").submit();
      } catch {
        said.textContent = "No passkey was used. Try again, or use the other way on this page.";
      }
    });
  }
})();
