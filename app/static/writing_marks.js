// What is done to the text at the cursor: marks of CommonMark, lists that go on, notes. What is inserted can be undone.

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])(\s+)/;

// Through the browser's own editing, so that Ctrl+Z takes it back; where that does nothing, without.
function insert(field, from, until, text) {
  field.focus();
  field.setSelectionRange(from, until);
  if (field.value.slice(from, until) === text) return;
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!done) {
    field.setRangeText(text, from, until, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const lineStart = (field, at) => field.value.lastIndexOf("\n", at - 1) + 1;
const lineEnd = (field, at) => { const end = field.value.indexOf("\n", at); return end < 0 ? field.value.length : end; };

function wrap(field, mark, otherwise) {
  const { selectionStart: from, selectionEnd: until, value } = field;
  const inner = value.slice(from, until);
  const size = mark.length;
  if (value.slice(from - size, from) === mark && value.slice(until, until + size) === mark) {
    insert(field, from - size, until + size, inner);
    return field.setSelectionRange(from - size, until - size);
  }
  const words = inner.trim() || otherwise, before = inner.slice(0, inner.length - inner.trimStart().length);
  const after = inner.trim() ? inner.slice(inner.trimEnd().length) : "";
  insert(field, from, until, `${before}${mark}${words}${mark}${after}`);
  field.setSelectionRange(from + before.length + size, from + before.length + size + words.length);
}

// Each line gets the mark, or loses it where all have it; number(place) makes the mark of a numbered list.
function prefix(field, has, mark) {
  const from = lineStart(field, field.selectionStart), until = lineEnd(field, field.selectionEnd);
  const lines = field.value.slice(from, until).split("\n");
  const all = lines.every((line) => !line.trim() || has.test(line));
  const bare = (line) => line.replace(/^(\s*)(?:[-*+]\s+|\d{1,9}[.)]\s+|>\s?|#{1,6}\s+)/, "$1");
  let place = 0;
  const text = lines.map((line) => all ? bare(line) : line.trim() || lines.length === 1 ? mark(place++) + bare(line) : line).join("\n");
  const apart = !all && from > 0 && field.value[from - 2] !== "\n" && !has.test(field.value.slice(lineStart(field, from - 1), from - 1)) ? "\n" : "";
  insert(field, from, until, apart + text);
}

function block(field, text, chosen) {
  const at = lineEnd(field, field.selectionEnd);
  const before = field.value.slice(0, at);
  const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const after = field.value[at] === "\n" ? "\n" : "";
  insert(field, at, at, gap + text + after);
  const start = at + gap.length + text.indexOf(chosen);
  if (chosen) field.setSelectionRange(start, start + chosen.length);
}

export function paste(field, text) { block(field, text, ""); }

function note(field) {
  const taken = [...field.value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
  const name = `[^${Math.max(0, ...taken) + 1}]`;
  insert(field, field.selectionEnd, field.selectionEnd, name);
  const end = field.value.trimEnd().length;
  insert(field, end, field.value.length, `${/\n\[\^[^\]]+\]:.*$/.test(field.value.trimEnd()) ? "\n" : "\n\n"}${name}: `);
}

function link(field, words) {
  const { selectionStart: from, selectionEnd: until, value } = field;
  const chosen = value.slice(from, until).trim(), address = /^https:\/\/\S+$/.test(chosen);
  const text = address || !chosen ? words : chosen, to = address ? chosen : "https://";
  insert(field, from, until, `[${text}](${to})`);
  if (address || !chosen) field.setSelectionRange(from + 1, from + 1 + text.length);
  else field.setSelectionRange(from + text.length + 3, from + text.length + 3 + to.length);
}

export function mark(field, kind, words) {
  if (kind === "bold") wrap(field, "**", words.here);
  else if (kind === "emphasis") wrap(field, "*", words.here);
  else if (kind === "heading") prefix(field, /^#{1,6}\s/, () => "# ");
  else if (kind === "list") prefix(field, /^\s*[-*+]\s/, () => "- ");
  else if (kind === "numbers") prefix(field, /^\s*\d{1,9}[.)]\s/, (place) => `${place + 1}. `);
  else if (kind === "quote") prefix(field, /^>/, () => "> ");
  else if (kind === "table") block(field, `| ${words.head} 1 | ${words.head} 2 |\n| --- | --- |\n|  |  |`, `${words.head} 1`);
  else if (kind === "link") link(field, words.here);
  else if (kind === "note") note(field);
}

// The paragraph or item of a list at the cursor, or what is marked.
export function passage(field) {
  const { selectionStart: from, selectionEnd: until, value } = field;
  if (from !== until) return value.slice(from, until);
  const lines = value.split("\n"), here = value.slice(0, from).split("\n").length - 1;
  let first = here, last = here;
  while (first > 0 && lines[first].trim() && !ITEM.test(lines[first]) && lines[first - 1].trim()) first -= 1;
  while (last < lines.length - 1 && lines[last + 1].trim() && !ITEM.test(lines[last + 1])) last += 1;
  return lines.slice(first, last + 1).join("\n");
}

// Enter in a list goes on with it, and ends it on an empty item. Tab sets an item in by one step where its text begins;
// anywhere else, and where there is no step more, it goes on to the next field as ever.
export function inList(event) {
  const field = event.target, { selectionStart: at, selectionEnd: until, value } = field;
  if (at !== until || event.isComposing) return;
  const start = lineStart(field, at), line = value.slice(start, lineEnd(field, at)), found = ITEM.exec(line);
  if (!found || at < start + found[0].length) return;
  const [whole, indent, sign] = found;
  if (event.key === "Enter") {
    event.preventDefault();
    if (!line.slice(whole.length).trim()) return insert(field, start, start + line.length, "");
    const next = /\d/.test(sign) ? `${parseInt(sign, 10) + 1}${sign.at(-1)}` : sign;
    return insert(field, at, at, `\n${indent}${next} `);
  }
  if (at !== start + whole.length) return;
  const above = ITEM.exec(value.slice(lineStart(field, start - 1), Math.max(start - 1, 0)));
  const deeper = above ? above[1].length + above[2].length + 1 : 0;
  if (event.shiftKey ? !indent : !start || indent.length >= deeper) return;
  event.preventDefault();
  const to = event.shiftKey ? " ".repeat(Math.max(indent.length - 2 - (/\d/.test(sign) ? 1 : 0), 0)) : " ".repeat(deeper);
  insert(field, start, start + indent.length, to);
  field.setSelectionRange(at + to.length - indent.length, at + to.length - indent.length);
}

// Browsers that do not let a field grow by its text are helped.
export function grow(field) {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}
