
"use strict";
(() => {
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);

  // Kept where the browser lets a page keep something.
  const kept = {
    get() { try { return localStorage.getItem("aura-errors-theme"); } catch { return null; } },
    set(theme) { try { localStorage.setItem("aura-errors-theme", theme); } catch { /* not kept */ } },
  };
  const showTheme = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  // Before anything is painted.
  showTheme(kept.get());

  document.addEventListener("DOMContentLoaded", () => {
    themes();
    contents();
    copies();
    search();
  });

  function themes() {
    const names = { auto: "as the system", light: "light", dark: "dark" };
    const button = at(":theme");
    const name = () => { at(":theme-name").textContent = names[root.dataset.theme || "auto"]; };
    button.addEventListener("click", () => {
      const dark = matchMedia("(prefers-color-scheme: dark)").matches;
      // First what the system does not show, so that the first click does something.
      const order = dark ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
      const next = order[(order.indexOf(root.dataset.theme || "auto") + 1) % order.length];
      showTheme(next);
      kept.set(next);
      name();
    });
    name();
    button.hidden = false;
  }

  // On a phone the list of errors would stand before everything else.
  function contents() {
    const list = at(":contents");
    const narrow = matchMedia("(max-width: 62rem)");
    const fit = () => { list.open = !narrow.matches; };
    narrow.addEventListener("change", fit);
    list.addEventListener("click", (event) => { if (event.target.closest("a")) fit(); });
    fit();
  }

  function copies() {
    const write = async (code) => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        return true;
      } catch {
        // Without a secure origin there is only the old way.
        getSelection().selectAllChildren(code);
        const done = document.execCommand("copy");
        getSelection().removeAllRanges();
        return done;
      }
    };
    for (const button of document.querySelectorAll(".copy")) {
      button.hidden = false;
      const label = button.firstChild;
      let back;
      button.addEventListener("click", async () => {
        const done = await write(button.closest(".panel").querySelector("pre code"));
        label.data = done ? "Copied" : "Not copied";
        announce(label.data);
        clearTimeout(back);
        back = setTimeout(() => { label.data = "Copy"; }, 2000);
      });
    }
  }

  function announce(text) {
    at(":said").textContent = text;
  }

  function search() {
    const [query, status, cls, code] = [":q", ":status", ":class", ":code"].map(at);
    const inputs = { q: query, status, class: cls, code };
    const links = new Map();
    for (const item of document.querySelectorAll(".side li")) links.set(item.dataset.of, item);
    const errors = Array.from(document.querySelectorAll("article.error"), (article) => ({
      article,
      item: links.get(article.id),
      first: +article.dataset.first,
      last: +article.dataset.last,
      classes: article.dataset.classes.split(" "),
      codes: article.dataset.codes.toLowerCase().split("\n"),
      text: `${article.dataset.codes} ${article.textContent}`.toLowerCase(),
    }));
    const parts = document.querySelectorAll("[data-part]");

    const hasStatus = (error, wanted) => {
      const family = /^(\d)xx$/.exec(wanted);
      const [from, to] = family ? [family[1] * 100, family[1] * 100 + 99] : [+wanted, +wanted];
      return error.first <= to && error.last >= from;
    };

    function filter() {
      const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = code.value.trim().toLowerCase();
      let shown = 0;
      for (const error of errors) {
        const fits = words.every((word) => error.text.includes(word))
          && (!status.value || hasStatus(error, status.value))
          && (!cls.value || error.classes.includes(cls.value))
          && (!wanted || error.codes.some((code) => code.startsWith(wanted)));
        error.article.hidden = !fits;
        if (error.item) error.item.hidden = !fits;
        shown += fits;
      }
      for (const part of parts) part.hidden = !part.querySelector("article:not([hidden]), li[data-of]:not([hidden])");
      const filtered = words.length > 0 || status.value || cls.value || wanted;
      const noun = errors.length === 1 ? "error" : "errors";
      at(":count").textContent = filtered ? `${shown} of ${errors.length} ${noun}` : `${errors.length} ${noun}`;
      at(":none").hidden = shown > 0 || errors.length === 0;
      at(":clear").hidden = !filtered;
    }

    // The filters are a part of the address, so that what is shown can be sent to someone.
    function remember() {
      const params = new URLSearchParams();
      for (const [name, input] of Object.entries(inputs)) if (input.value) params.set(name, input.value);
      const text = params.toString();
      try { history.replaceState(null, "", (text ? `?${text}` : location.pathname) + location.hash); } catch { /* not allowed */ }
    }

    function clear() {
      for (const input of Object.values(inputs)) input.value = "";
      filter();
      remember();
    }

    function target() {
      let id = location.hash.slice(1);
      try { id = decodeURIComponent(id); } catch { /* as it is */ }
      const found = id && at(id);
      const article = found && found.closest("article.error");
      if (article && article.hidden) {
        clear();
        article.scrollIntoView();
      }
      for (const current of document.querySelectorAll(".side [aria-current]")) current.removeAttribute("aria-current");
      const item = article && links.get(article.id);
      if (!item) return;
      item.firstElementChild.setAttribute("aria-current", "location");
      const side = item.closest(".side");
      side.scrollTop = item.offsetTop - side.clientHeight / 2;
    }

    const params = new URLSearchParams(location.search);
    for (const [name, input] of Object.entries(inputs)) {
      input.value = params.get(name) || "";
      input.addEventListener("input", () => { filter(); remember(); });
    }
    at(":clear").addEventListener("click", () => { clear(); query.focus(); });
    query.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, select, textarea");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      query.focus();
    });
    addEventListener("hashchange", target);
    document.querySelector(".tools").hidden = false;
    filter();
    target();
  }
})();
