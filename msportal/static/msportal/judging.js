/* The review page: each word is saved as it is given, and keys move through the pairs. Without this
   script the same page is one form. */

const form = document.querySelector("form[data-judging]");
if (form) judge(form);

function judge(form) {
  const lines = [...form.querySelectorAll("[data-line]")];
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const queue = new Map(); // by line, what is to be sent next: the newest word wins
  let at = -1;

  for (const line of lines) {
    line.addEventListener("change", (event) => {
      if (event.target.matches("[data-verdict], [data-note]")) given(line);
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
      rest(button.closest(".passage"));
    });
  }
  addEventListener("beforeunload", (event) => {
    if (queue.size || lines.some((line) => "unsaved" in line.dataset)) event.preventDefault();
  });
  form.addEventListener("submit", () => lines.forEach((line) => delete line.dataset.unsaved));

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
    const busy = queue.has(line);
    queue.set(line, new URLSearchParams({
      csrfmiddlewaretoken: token, action: "judge", pair: line.dataset.line, verdict: chosen, note: note(line).value,
    }));
    if (!busy) send(line);
  }

  async function send(line) {
    const body = queue.get(line);
    told(line, "saving …");
    let refusal = "";
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
      const said = (answer.headers.get("Content-Type") ?? "").startsWith("application/json") ? await answer.json() : null;
      if (answer.ok && said) saved(line, said);
      else refusal = said?.refusal ?? "not saved: sign in again in another tab, or send the form below";
    } catch {
      refusal = "not saved: the site cannot be reached; it is kept here";
    }
    if (queue.get(line) !== body) return send(line); // something newer was said meanwhile
    queue.delete(line);
    told(line, refusal || "saved");
    line.toggleAttribute("data-refused", Boolean(refusal));
    if (!refusal) delete line.dataset.unsaved;
  }

  function saved(line, said) {
    line.querySelector("[data-said]").innerHTML = said.said;
    line.toggleAttribute("data-settled", said.settled);
    document.querySelector("#readiness").innerHTML = said.readiness;
    const approve = form.querySelector("[data-approve]");
    if (approve) approve.disabled = !said.ready;
    form.querySelector("[data-not-ready]")?.toggleAttribute("hidden", said.ready);
    const passage = line.closest(".passage");
    passage?.classList.toggle("settled", [...passage.querySelectorAll("[data-line]")].every((one) => "settled" in one.dataset));
    form.querySelector("progress").value = said.judged;
    document.querySelector("#progress-told").textContent = said.progress;
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
      if (!verdict(line)) say(line, "agree");
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
    r: () => at >= 0 && lines[at].closest(".passage") && rest(lines[at].closest(".passage")),
    "?": () => dialog.showModal(),
  };

  mark(lines.findIndex((line) => !verdict(line) && !("settled" in line.dataset)));

  addEventListener("keydown", (event) => {
    const typing = event.target.closest("textarea, select, dialog, input:not([type=radio], [type=checkbox])");
    if (!on.checked || typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
