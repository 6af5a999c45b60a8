/** The script that hands WebAuthn's answers to the server: browsers offer passkeys to scripts only. */
export const passkeyIsland = `'use strict';
(() => {
  const base = '/api/auth/passkey/';
  const credentials = window.PublicKeyCredential;
  if (!credentials || !credentials.parseRequestOptionsFromJSON) return;
  const needs = document.getElementById('passkey-needs');
  if (needs) needs.hidden = true;

  const ask = async (path) => {
    const answer = await fetch(base + path, { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw answer;
    return answer.json();
  };
  const tell = async (path, response) => {
    const answer = await fetch(base + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ response: response.toJSON() }),
    });
    if (!answer.ok) throw answer;
  };
  const problem = (id) => document.getElementById(id);
  const offer = (id, act) => {
    const button = document.getElementById(id);
    if (!button) return;
    button.hidden = false;
    button.addEventListener('click', async () => {
      button.disabled = true;
      for (const shown of document.querySelectorAll('[id^="passkey-"][role="alert"]')) shown.hidden = true;
      try {
        await act(button);
      } catch (error) {
        // Closing the browser's own dialogue is no failure.
        if (error && error.name === 'NotAllowedError') return;
        const stale = error instanceof Response && error.status === 401 && problem('passkey-stale');
        (stale || problem('passkey-problem')).hidden = false;
      } finally {
        button.disabled = false;
      }
    });
  };

  offer('passkey-sign-in', async (button) => {
    const publicKey = credentials.parseRequestOptionsFromJSON(await ask('generate-authenticate-options'));
    await tell('verify-authentication', await navigator.credentials.get({ publicKey }));
    location.assign(button.dataset.next);
  });
  offer('passkey-add', async () => {
    const publicKey = credentials.parseCreationOptionsFromJSON(await ask('generate-register-options'));
    await tell('verify-registration', await navigator.credentials.create({ publicKey }));
    location.reload();
  });
})();
`;
