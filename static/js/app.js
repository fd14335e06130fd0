// Small comforts. Every page works without this file.
"use strict";

// After a refused form the reader starts at the summary of errors.
document.querySelector("[data-focus]")?.focus();

// An open menu closes by Escape and by a tap elsewhere.
const menus = "details.menu, details.bar-more";
document.addEventListener("click", (event) => {
  document.querySelectorAll(menus).forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll(menus).forEach((menu) => {
    if (menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  form.querySelectorAll("button[type=submit]").forEach((button) => button.setAttribute("aria-busy", "true"));
});
// Back from the cache of the browser: the form may be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });
});

// «Отметить всех» for a table of checkboxes: data-check-all holds the name of the boxes.
document.querySelectorAll("[data-check-all]").forEach((all) => {
  all.hidden = false;
  all.addEventListener("change", () => {
    document
      .querySelectorAll(`input[type=checkbox][name="${all.dataset.checkAll}"]:not(:disabled)`)
      .forEach((box) => {
        box.checked = all.checked;
      });
  });
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// data-copy holds the id of a text field; without this file the text is selected by hand.
document.querySelectorAll("[data-copy]").forEach((button) => {
  const field = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[data-copied]");
  button.hidden = false;
  field.style.height = `${field.scrollHeight + 4}px`; // all of the text, however narrow the screen
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Скопировано";
    } catch {
      // no clipboard without HTTPS: the older way, and if that fails the text stands selected
      field.select();
      said.textContent = document.execCommand("copy") ? "Скопировано" : "Выделено: скопируйте";
    }
  });
});
