/* The review page: each word is saved as it is given, and keys move through the pairs. Without this
   script the same page is one form. */

const form = document.querySelector("form[data-judging]");
if (form) judge(form);

function judge(form) {
  const lines = [...form.querySelectorAll("[data-line]")];
  let token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const queue = new Map(); // by line, what is to be sent next: the newest word wins
  let sending = false;
  let at = -1;

  for (const line of lines) {
    line.addEventListener("change", (event) => {
      if (event.target.matches("[data-verdict]")) given(line);
    });
    line.addEventListener("click", (event) => {
      if (event.target.matches("[data-verdict]") && "refused" in line.dataset) given(line);
    });
    // A note is of the word that is chosen when the pair is left, not of the one before.
    line.addEventListener("focusout", (event) => {
      if (!line.contains(event.relatedTarget) && note(line).value !== note(line).defaultValue) given(line);
    });
    line.addEventListener("focusin", () => mark(lines.indexOf(line)));
    note(line).addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      given(line);
      if (verdict(line) && (verdict(line) !== "disagree" || note(line).value.trim())) onwards();
    });
  }
  for (const button of form.querySelectorAll("[data-rest]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      rest(button.closest(".shown"));
    });
  }
  /* What was typed and is kept nowhere; what is sent with this form is kept by the answer. */
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  addEventListener("beforeunload", (event) => {
    const fields = [...form.elements].filter((one) => one.matches("textarea, input[type=text]"));
    const unsaved = sending || lines.some((line) => "unsaved" in line.dataset);
    if (!leaving && (unsaved || fields.some((one) => one.value !== one.defaultValue))) event.preventDefault();
  });
  addEventListener("online", again);

  function note(line) {
    return line.querySelector("[data-note]");
  }

  function verdict(line) {
    return line.querySelector("[data-verdict]:checked")?.value ?? "";
  }

  /* Saving */

  function given(line) {
    line.dataset.unsaved = "";
    const chosen = verdict(line);
    if (!chosen) return told(line, "choose agree, disagree or not sure");
    if (chosen === "disagree" && !note(line).value.trim()) return told(line, "write why, then it is saved");
    queue.set(line, [chosen, note(line).value]);
    note(line).defaultValue = note(line).value;
    told(line, "saving …");
    if (!sending) send();
  }

  /* One request at a time, with all that was said meanwhile: two would wait for each other. */
  async function send() {
    sending = true;
    while (queue.size) {
      const words = new Map(queue);
      queue.clear();
      const refusal = await sent(words);
      for (const line of words.keys()) {
        if (queue.has(line)) continue; // something newer was said meanwhile
        told(line, refusal || "saved");
        line.toggleAttribute("data-refused", Boolean(refusal));
        if (refusal) continue;
        delete line.dataset.unsaved;
      }
    }
    sending = false;
  }

  /* What could not be sent before. */
  function again() {
    for (const line of lines) if ("refused" in line.dataset) given(line);
  }

  async function sent(words) {
    const body = new URLSearchParams({ action: "judge", sheet: "1", person: form.querySelector("[name=person]").value });
    for (const [line, [chosen, written]] of words) {
      body.set(`verdict-${line.dataset.line}`, chosen);
      body.set(`note-${line.dataset.line}`, written);
    }
    try {
      const said = (await asked(body)) ?? ((await renewed()) ? await asked(body) : null);
      if (!said) return "not saved: you are not signed in here any more as you were. Sign in again in another tab, then choose the word again";
      if (said.refusal) return said.refusal;
      saved(said);
      return "";
    } catch {
      return "not saved: the site cannot be reached; it is kept here";
    }
  }

  async function asked(body) {
    body.set("csrfmiddlewaretoken", token);
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
    return (answer.headers.get("Content-Type") ?? "").startsWith("application/json") ? answer.json() : null;
  }

  /* Who signed in anew in another tab has another token; whether there is one. What is written here
     in one person's name is sent in no other's. */
  async function renewed() {
    const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
    const theirs = page.querySelector("form[data-judging]");
    if (theirs?.querySelector("[name=person]")?.value !== form.querySelector("[name=person]").value) return false;
    token = theirs.querySelector("[name=csrfmiddlewaretoken]").value;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    return true;
  }

  function saved(said) {
    for (const line of lines) {
      const one = said.lines[line.dataset.line];
      if (!one) continue;
      replace(line.querySelector("[data-said]"), one.said);
      line.querySelector("[data-had]").value = one.had;
      line.toggleAttribute("data-settled", one.settled);
      const passage = line.closest(".shown");
      passage?.classList.toggle("settled", [...passage.querySelectorAll("[data-line]")].every((each) => "settled" in each.dataset));
    }
    document.querySelector("#readiness").innerHTML = said.readiness;
    const approve = form.querySelector("[data-approve]");
    if (approve) approve.disabled = !said.ready;
    form.querySelector("[data-not-ready]")?.toggleAttribute("hidden", said.ready);
    form.querySelector("progress").value = said.judged;
    document.querySelector("#progress-told").textContent = said.progress;
  }

  /* An answer that is being written there stays. */
  function replace(place, html) {
    const written = new Map([...place.querySelectorAll("textarea")].map((one) => [one.name, one.value]));
    place.innerHTML = html;
    for (const one of place.querySelectorAll("textarea")) {
      if (!written.get(one.name)) continue;
      one.value = written.get(one.name);
      one.closest("details").open = true;
    }
  }

  function told(line, words) {
    line.querySelector("[data-saved]").textContent = words;
  }

  function say(line, value) {
    const box = line.querySelector(`[data-verdict][value="${value}"]`);
    box.checked = true;
    given(line);
  }

  function rest(passage) {
    for (const line of passage.querySelectorAll("[data-line]")) {
      if (!verdict(line) && !note(line).value.trim()) say(line, "agree");
    }
    onwards();
  }

  /* Moving */

  function mark(place) {
    lines[at]?.classList.remove("current");
    at = place;
    lines[at]?.classList.add("current");
  }

  function go(place) {
    if (place < 0 || place >= lines.length) return;
    const line = lines[place];
    line.focus({ preventScroll: true });
    mark(place);
    line.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  function onwards() {
    const open = (line) => !verdict(line) && !("settled" in line.dataset);
    const after = lines.findIndex((line, place) => place > at && open(line));
    const place = after >= 0 ? after : lines.findIndex(open);
    if (place >= 0) return go(place);
    document.querySelector("#decision")?.scrollIntoView({ block: "center" });
    document.querySelector("#decision-note")?.focus({ preventScroll: true });
  }

  /* Keys (WCAG 2.1.4: they can be turned off) */

  const on = form.querySelector("[data-keys-on]");
  const dialog = form.querySelector("[data-keys-dialog]") ?? document.querySelector("[data-keys-dialog]");
  form.querySelector("[data-keys]").hidden = false;
  on.checked = localStorage.getItem("judging-keys") !== "off";
  on.addEventListener("change", () => localStorage.setItem("judging-keys", on.checked ? "on" : "off"));
  form.querySelector("[data-keys-help]").addEventListener("click", () => dialog.showModal());
  dialog.querySelector("button").addEventListener("click", () => dialog.close());

  const keys = {
    j: () => go(at + 1),
    k: () => go(at - 1),
    a: () => at >= 0 && (say(lines[at], "agree"), onwards()),
    n: () => at >= 0 && (say(lines[at], "unsure"), onwards()),
    d: () => {
      if (at < 0) return;
      say(lines[at], "disagree");
      note(lines[at]).focus();
    },
    r: () => at >= 0 && lines[at].closest(".shown") && rest(lines[at].closest(".shown")),
    "?": () => dialog.showModal(),
  };

  mark(lines.findIndex((line) => !verdict(line) && !("settled" in line.dataset)));

  addEventListener("keydown", (event) => {
    const typing = event.target.closest("textarea, select, dialog, input:not([type=radio], [type=checkbox])");
    if (!on.checked || typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    if (!event.repeat || "jk".includes(event.key)) act();
  });
}
