// Makes pages of the text that our own server has sent: the only place of our scripts that does (app/guard.py names
// this policy). What people wrote in it, the server has escaped; no script in it runs, by script-src.

const policy = window.trustedTypes?.createPolicy("koolle", { createHTML: (html) => html }) ?? { createHTML: (html) => html };

export const pageOf = (html) => new DOMParser().parseFromString(policy.createHTML(html), "text/html");

export function partOf(html) {
  const part = document.createElement("template");
  part.innerHTML = policy.createHTML(html);
  return part.content;
}
