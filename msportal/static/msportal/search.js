/* Names under the search field while someone types (WAI-ARIA APG, editable combobox with list
   autocomplete). Without this script the field is a plain form. */

const WAIT = 120; // milliseconds after a key

for (const field of document.querySelectorAll("input[data-suggest]")) {
  offer(field);
}

function offer(field) {
  const list = document.createElement("ul");
  list.id = `${field.id}-names`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Names that begin so");
  const said = document.createElement("p");
  said.className = "hidden";
  said.setAttribute("role", "status");
  field.parentElement.classList.add("suggest");
  field.parentElement.append(list, said);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  let timer = 0;
  let newest = 0;
  let at = -1;

  function show(found) {
    at = -1;
    list.replaceChildren(...found.map((one, place) => option(one, place)));
    list.hidden = found.length === 0;
    field.setAttribute("aria-expanded", String(found.length > 0));
    field.removeAttribute("aria-activedescendant");
    said.textContent = found.length === 0 ? "" : `${found.length} ${found.length === 1 ? "name" : "names"}; use the arrow keys`;
  }

  function option(one, place) {
    const item = document.createElement("li");
    item.id = `${list.id}-${place}`;
    item.dataset.url = one.url;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(one.name);
    for (const more of [one.also, one.kind]) {
      if (more) {
        const beside = document.createElement("span");
        beside.textContent = more;
        item.append(" ", beside);
      }
    }
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      location.assign(one.url);
    });
    return item;
  }

  async function ask() {
    const typed = field.value.trim();
    const turn = ++newest;
    if (typed.length < 2) {
      show([]);
      return;
    }
    const address = new URL(field.dataset.suggest, location.href);
    address.searchParams.set("q", typed);
    try {
      const answer = await fetch(address, { credentials: "omit" });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (turn === newest) {
        show(found);
      }
    } catch {
      show([]); // the form works all the same
    }
  }

  function go(to) {
    const items = [...list.children];
    if (items.length === 0) {
      return;
    }
    at = (to + items.length) % items.length;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    field.setAttribute("aria-activedescendant", items[at].id);
    items[at].scrollIntoView({ block: "nearest" });
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && !list.hidden) {
      event.preventDefault();
      go(at + 1);
    } else if (event.key === "ArrowUp" && !list.hidden) {
      event.preventDefault();
      go(at < 0 ? -1 : at - 1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      newest += 1;
      show([]);
    } else if (event.key === "Enter" && at >= 0 && !list.hidden) {
      event.preventDefault();
      location.assign(list.children[at].dataset.url);
    }
  });
  field.addEventListener("blur", () => {
    clearTimeout(timer);
    newest += 1;
    show([]);
  });
}
