// Keeps a half-written record in this browser, so that a lost connection or session loses nothing.
// The form works without this file.
"use strict";

(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const name = `draft:${form.dataset.draft}`;
  const note = document.querySelector("[data-draft-note]");
  const skipped = new Set(["csrfmiddlewaretoken"]);
  const fresh = !document.querySelector(".error-summary");

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  };
  const clock = (time) =>
    new Date(time).toLocaleTimeString("ru-RU", { hour: "2-digit", minute: "2-digit" });

  const fields = () =>
    [...form.elements].filter((field) => field.name && !skipped.has(field.name) && field.type !== "file");

  const save = () => {
    const values = fields().map((field) =>
      ["radio", "checkbox"].includes(field.type)
        ? [field.name, field.value, field.checked]
        : [field.name, field.value],
    );
    try {
      localStorage.setItem(name, JSON.stringify({ at: Date.now(), values }));
      if (note) note.textContent = `Черновик сохранён в ${clock(Date.now())}`;
    } catch {
      // a full or closed storage only means that there is no draft
    }
  };

  const restore = (draft) => {
    draft.values.forEach(([field, value, checked]) => {
      fields()
        .filter((one) => one.name === field)
        .forEach((one) => {
          if (!["radio", "checkbox"].includes(one.type)) one.value = value;
          else if (one.value === value) one.checked = checked;
        });
    });
    if (note) note.textContent = `Восстановлен черновик от ${clock(draft.at)}`;
  };

  const stored = read();
  // What the server already has is no draft any more: the page names the keys of saved records.
  const saved = (form.dataset.saved || "").split(" ");
  const sent = stored?.values.some(([field, value]) => field === "client_key" && saved.includes(value));
  if (sent) localStorage.removeItem(name);
  const draft = sent ? null : stored;
  // A day old draft is about another meeting; a refused form already shows what was typed.
  if (fresh && draft && Date.now() - draft.at < 24 * 60 * 60 * 1000) restore(draft);
  else if (fresh && draft) localStorage.removeItem(name);

  let timer = 0;
  const saveNow = () => {
    clearTimeout(timer);
    timer = 0;
    save();
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(saveNow, 400);
  });
  form.addEventListener("submit", saveNow);
  // The page goes before the wait is over: the last word typed is kept too.
  window.addEventListener("pagehide", () => {
    if (timer) saveNow();
  });
})();
