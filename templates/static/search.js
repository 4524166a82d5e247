/* ccmeet: search without a server. Loads, as classic scripts, only those parts of the index that
   a query needs, verifies every hit against the text, and writes text, never markup.
   1 scripts · 2 folding · 3 index · 4 finding · 5 results · 6 the page */
'use strict';
(() => {
  const d = document;
  const box = d.getElementById('search');
  if (!box) return;
  const ROOT = box.dataset.root;
  const WORDS = JSON.parse(d.getElementById('search-words').textContent);
  const PAGE = 10; // results shown at a time
  const SETTLE = 16; // text scripts that may be loaded to make the count exact
  const PREFIX = 6; // starts of romanised names are indexed up to this length
  const PLACES = { meetings: '#facts', documents: '#facts', officials: '#posts', articles: '#src' }; // where a page tells what stands under its title here
  const LAST_DAY = 10000 * 13 * 32;

  /* ---------- 1 scripts ---------- */
  const loads = new Map();
  const waiting = new Map();
  window.ccmeetIndex = (name, data) => { if (waiting.has(name)) waiting.get(name)(data); };

  function load(name, version) {
    if (!loads.has(name)) loads.set(name, new Promise((resolve, reject) => {
      const script = d.createElement('script');
      waiting.set(name, resolve);
      script.src = `${ROOT}search/${name}.js${version ? `?v=${version}` : ''}`;
      script.onload = () => { script.remove(); waiting.delete(name); };
      script.onerror = () => { script.remove(); loads.delete(name); reject(new Error(name)); };
      d.head.append(script);
    }));
    return loads.get(name);
  }

  /* ---------- 2 folding: one script, width, case and kind of mark; as many characters ---------- */
  let folding;
  async function ready() {
    if (folding) return;
    const [from, to] = await load('fold');
    const twins = [...to];
    folding = new Map([...from].map((char, n) => [char, twins[n]]));
  }
  function fold(text) {
    let out = '';
    for (const char of text) out += folding.get(char) || char;
    return out;
  }

  /* ---------- 3 index ---------- */
  const LAST = new Int8Array(128).fill(-1);
  const BEFORE = new Int8Array(128);
  for (let code = 33, n = 0; code < 127; code += 1) {
    if (code === 34 || code === 92) continue;
    if (n < 46) LAST[code] = n; else BEFORE[code] = n - 46;
    n += 1;
  }
  function numbers(text) {
    const out = [];
    let value = 0;
    for (let n = 0; n < text.length; n += 1) {
      const code = text.charCodeAt(n);
      if (LAST[code] < 0) value = value * 46 + BEFORE[code];
      else { out.push(value * 46 + LAST[code]); value = 0; }
    }
    return out;
  }
  /* Ascending numbers from the gaps between them. */
  function places(text) {
    let at = -1;
    return numbers(text).map((gap) => (at += gap + 1));
  }
  function hash(key) {
    let value = 0;
    for (const char of key[0] === 'T' ? key.slice(1) : key) value = (Math.imul(value, 31) + char.codePointAt(0)) >>> 0;
    return value;
  }
  async function segments() {
    const { segments: every } = await load('root');
    return every.map(([version, shards], n) => ({ name: n.toString(16).padStart(2, '0'), version, shards }));
  }
  /* A segment's documents: of which type and day each is, and where the texts are. */
  const heads = new Map();
  async function withHead(segment) {
    const [days, starts] = await load(`${segment.name}/head`, segment.version);
    if (!heads.has(segment.name)) {
      const orders = [];
      days.forEach((steps, rank) => {
        let day = LAST_DAY;
        for (const step of numbers(steps)) { day -= step; orders.push([rank, day]); }
      });
      heads.set(segment.name, { ...segment, orders, starts: places(starts) });
    }
    return heads.get(segment.name);
  }
  async function posting(segment, key) {
    const text = await load(`${segment.name}/i${hash(key) % segment.shards}`, segment.version);
    const at = text.indexOf(`\n${key}\t`);
    if (at < 0) return [];
    const start = at + key.length + 2;
    return places(text.slice(start, text.indexOf('\n', start)));
  }
  function textOf(segment, n) {
    const { starts } = segment;
    let low = 0, high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= n) low = middle; else high = middle - 1;
    }
    return { name: `${segment.name}/t${low}`, within: n - starts[low] };
  }

  /* ---------- 4 finding ---------- */
  const both = (a, b) => { const has = new Set(b); return a.filter((n) => has.has(n)); };
  const either = (a, b) => [...new Set([...a, ...b])];
  const isLatin = (term) => /^[a-z]{2,}$/.test(term);

  /* A few pairs of characters that cover a term; its hits are verified in the text anyway. */
  function keysOf(term) {
    const chars = [...term];
    if (chars.length < 3) return [term];
    const starts = new Set([0, chars.length - 2]);
    for (let n = 2; n < chars.length - 1 && starts.size < 6; n += 2) starts.add(n);
    for (let n = 1; n < chars.length - 1 && starts.size < 4; n += 2) starts.add(n);
    return [...starts].map((n) => chars[n] + chars[n + 1]);
  }
  async function having(segment, keys) {
    const lists = await Promise.all(keys.map((key) => posting(segment, key)));
    lists.sort((a, b) => a.length - b.length);
    return lists.reduce(both);
  }
  async function candidates(bare, terms, facets) {
    const [segment, ...wanted] = await Promise.all([
      withHead(bare),
      ...terms.map(async (term) => {
        const keys = keysOf(term);
        const [body, title, roman] = await Promise.all([
          having(bare, keys),
          having(bare, keys.map((key) => `T${key}`)),
          isLatin(term) ? posting(bare, `P${term.slice(0, PREFIX)}`) : [],
        ]);
        return { all: either(body, roman), named: either(title, roman) };
      }),
      ...facets.map(async (facet) => ({ all: await posting(bare, `F${facet}`) })),
    ]);
    const all = wanted.map((list) => list.all).sort((a, b) => a.length - b.length).reduce(both);
    const named = new Set(terms.length ? wanted.filter((list) => list.named).map((list) => list.named).reduce(both) : []);
    return all.map((n) => {
      const [rank, day] = segment.orders[n];
      return { segment, n, rank, order: ((named.has(n) ? 0 : 8) + rank) * LAST_DAY - day };
    });
  }

  /* A query under way: `next(n)` gives the next n verified results, `settle()` an exact count. */
  async function find(query, filters = {}) {
    await ready();
    const terms = [...new Set(fold(query.slice(0, 200)).split(/\s+/).filter(Boolean))].slice(0, 8);
    const facets = ['y', 'c', 'a'].filter((name) => filters[name]).map((name) => `${name}:${filters[name]}`);
    const run = { terms, found: [], types: null, isDone: true, next: async () => [], settle: async () => {} };
    if (!terms.length && !facets.length) return run;
    const { types } = await load('root');
    const every = (await Promise.all((await segments()).map((one) => candidates(one, terms, facets)))).flat();
    const isExact = terms.every((term) => [...term].length < 3);
    const wanted = filters.t && filters.t.length ? every.filter((one) => filters.t.includes(types[one.rank])) : every;
    wanted.sort((a, b) => a.order - b.order || (a.segment.name < b.segment.name ? -1 : a.segment.name > b.segment.name ? 1 : a.n - b.n));
    let at = 0;
    async function take(until) {
      while (run.found.length < until && at < wanted.length) {
        const batch = wanted.slice(at, at + Math.min(PAGE, until - run.found.length));
        at += batch.length;
        const read = await Promise.all(batch.map((one) => verify(one, terms)));
        run.found.push(...read.filter(Boolean));
      }
      run.isDone = at >= wanted.length;
    }
    let given = 0;
    run.next = async (count) => {
      await take(given + count);
      const more = run.found.slice(given, given + count);
      given += more.length;
      return more;
    };
    run.settle = async () => {
      if (isExact) return;
      const scripts = new Set();
      while (at < wanted.length) {
        const one = wanted[at];
        scripts.add(textOf(one.segment, one.n).name);
        if (scripts.size > SETTLE) return;
        await take(run.found.length + 1);
      }
    };
    run.count = () => (run.isDone ? run.found.length : isExact ? wanted.length : null);
    run.left = () => wanted.length - at;
    run.hasMore = () => given < run.found.length || at < wanted.length;
    run.types = isExact ? types.map((_, rank) => every.filter((one) => one.rank === rank).length) : null;
    return run;
  }

  async function verify(one, terms) {
    const { name, within } = textOf(one.segment, one.n);
    const [url, title, about, passages, roman] = (await load(name, one.segment.version))[within];
    const hits = new Map();
    const titleHits = new Set();
    for (const term of terms) {
      let isFound = isLatin(term) && roman.some((token) => token.startsWith(term));
      if (fold(title).includes(term)) { titleHits.add(term); isFound = true; }
      passages.forEach((passage, n) => {
        if (!fold(passage[2]).includes(term)) return;
        hits.set(n, (hits.get(n) || new Set()).add(term));
        isFound = true;
      });
      if (!isFound) return null;
    }
    const found = [...hits].sort((a, b) => b[1].size - a[1].size || a[0] - b[0])
      .map(([n, inside]) => ({ anchor: passages[n][0], label: passages[n][1], text: passages[n][2], terms: [...inside] }))
      .filter((hit) => fold(hit.text) !== fold(title));
    return { url, title, about, rank: one.rank, titleTerms: [...titleHits], hits: found };
  }

  /* ---------- 5 results ---------- */
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  function element(name, className, text) {
    const made = d.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }
  /* Where the terms stand, in characters: [start, end) without overlaps. */
  function placesOf(text, terms) {
    const folded = fold(text);
    const places = [];
    for (const term of terms) {
      for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
        const start = [...folded.slice(0, at)].length;
        places.push([start, start + [...term].length]);
      }
    }
    places.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return places.filter((place, n) => !n || place[0] >= Math.max(...places.slice(0, n).map((p) => p[1])));
  }
  function marked(into, chars, places, from, to) {
    let at = from;
    for (const [start, end] of places) {
      if (start < at || end > to) continue;
      into.append(chars.slice(at, start).join(''));
      into.append(element('mark', 'hit', chars.slice(start, end).join('')));
      at = end;
    }
    into.append(chars.slice(at, to).join(''));
  }
  function snippet(hit) {
    const chars = [...hit.text];
    const places = placesOf(hit.text, hit.terms);
    const from = Math.max(0, places[0][0] - 24);
    const to = Math.min(chars.length, Math.max(places[0][1] + 40, from + 72));
    const line = element('p', 'res__s');
    line.lang = 'zh-CN';
    if (from) line.append('…');
    marked(line, chars, places, from, to);
    if (to < chars.length) line.append('…');
    return { line, words: fragment(chars, places[0]) };
  }
  /* The words' own address (WICG Text Fragments), where the browser knows such. */
  function fragment(chars, [start, end]) {
    if (!('fragmentDirective' in d)) return '';
    const code = (text) => encodeURIComponent(text.trim()).replace(/-/g, '%2D');
    const before = code(chars.slice(Math.max(0, start - 4), start).join(''));
    const after = code(chars.slice(end, end + 4).join(''));
    return `:~:text=${before && `${before}-,`}${code(chars.slice(start, end).join(''))}${after && `,-${after}`}`;
  }
  function labelOf(label) {
    const [, letter, number] = /^([ph])(\d+)$/.exec(label) || [];
    return letter ? say(WORDS.labels[letter], { n: number }) : WORDS.labels[label] || WORDS.labels.other;
  }
  function entry(result, types) {
    const item = element('li', 'res');
    const kind = element('p', 'res__k', WORDS.types[types[result.rank]]);
    if (result.hits.length) kind.append(element('b', '', String(result.hits.length)));
    const body = element('div', 'res__b');
    const heading = element('h3');
    const link = element('a');
    link.href = ROOT + result.url;
    link.lang = 'zh-CN';
    const chars = [...result.title];
    marked(link, chars, placesOf(result.title, result.titleTerms), 0, chars.length);
    heading.append(link);
    body.append(heading);
    if (result.about) {
      const told = element('p', 'res__m'), to = element('a', 'q', result.about);
      to.href = `${ROOT}${result.url}${PLACES[types[result.rank]] || ''}`;
      if (/[\u3400-\u9fff]/.test(result.about)) to.lang = 'zh-CN';
      told.append(to);
      body.append(told);
    }
    const list = element('ol');
    for (const hit of result.hits.slice(0, 3)) {
      const { line, words } = snippet(hit);
      const place = element('p', 'res__m');
      const to = element('a', '', labelOf(hit.label));
      to.href = `${ROOT}${result.url}${hit.anchor || words ? `#${hit.anchor}${words}` : ''}`;
      place.append(to);
      const row = element('li');
      row.append(line, place);
      list.append(row);
    }
    if (list.children.length) body.append(list);
    if (result.hits.length > 3) body.append(element('p', 'res__m', say(WORDS.others, { n: result.hits.length - 3 })));
    item.append(kind, body);
    return item;
  }

  /* ---------- 6 the page ---------- */
  const form = d.getElementById('search-form');
  const input = form.elements.q;
  const facets = d.getElementById('search-facets');
  const status = d.getElementById('search-status');
  const results = d.getElementById('search-results');
  const list = d.getElementById('search-hits');
  const more = d.getElementById('search-more');
  const start = d.getElementById('search-start');
  let current = 0;
  let run = null;
  let timer = 0;
  let isComposing = false;

  const chosen = () => ({
    t: [...facets.querySelectorAll('input:checked')].map((one) => one.value),
    y: facets.elements.y.value,
    c: facets.elements.c.value,
    a: facets.elements.a.value,
  });
  function remember(query, filters) {
    const asked = new URLSearchParams();
    if (query) asked.set('q', query);
    if (filters.t.length) asked.set('t', filters.t.join(','));
    for (const name of ['y', 'c', 'a']) if (filters[name]) asked.set(name, filters[name]);
    const text = asked.toString();
    try { history.replaceState(null, '', `${location.pathname}${text ? `?${text}` : ''}`); } catch (e) { /* a browser that keeps file:// addresses fixed */ }
  }
  function tell() {
    const count = run.count ? run.count() : null;
    if (!run.count) status.textContent = '';
    else if (count === 0) status.textContent = WORDS.none;
    else if (count === null) status.textContent = say(WORDS.at_least, { n: run.found.length, m: run.left() });
    else status.textContent = say(count === 1 ? WORDS.count_one : WORDS.count, { n: count });
    more.hidden = !(run.hasMore && run.hasMore());
    facets.querySelectorAll('input').forEach((one, rank) => {
      const shown = one.parentElement.querySelector('span');
      shown.textContent = run.types ? String(run.types[rank]) : '';
    });
  }
  async function show(mine, isFirst) {
    const asked = run;
    const { types } = await load('root');
    const found = await asked.next(PAGE);
    if (mine !== current) return;
    if (isFirst) list.replaceChildren();
    const added = found.map((result) => entry(result, types));
    list.append(...added);
    list.start = 1;
    results.hidden = !list.children.length;
    tell();
    if (!isFirst && added[0]) added[0].querySelector('a').focus();
    if (!isFirst) return;
    await asked.settle();
    if (mine === current) tell();
  }
  async function search() {
    const mine = current += 1;
    const query = input.value.trim();
    const filters = chosen();
    remember(query, filters);
    try {
      const asked = await find(query, filters);
      if (mine !== current) return;
      run = asked;
      start.hidden = Boolean(asked.count);
      if (!asked.count) { list.replaceChildren(); results.hidden = true; tell(); return; }
      await show(mine, true);
    } catch (error) {
      if (mine === current) status.textContent = WORDS.failed;
    } finally {
      if (mine === current) box.dataset.done = String(mine);
    }
  }
  function soon() {
    if (isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(search, 40);
  }

  input.addEventListener('compositionstart', () => { isComposing = true; clearTimeout(timer); });
  input.addEventListener('compositionend', () => { isComposing = false; soon(); });
  input.addEventListener('input', (event) => { if (!event.isComposing) soon(); });
  facets.addEventListener('change', soon);
  facets.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('submit', (event) => { event.preventDefault(); clearTimeout(timer); search(); });
  more.addEventListener('click', () => show(current, false));

  /* ↑ and ↓ walk through the results, Enter opens one. (/ is every page's own key: site.js.) */
  d.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = d.activeElement;
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!way || !(at === input || results.contains(at))) return;
    const links = [...results.querySelectorAll('a:not(.q)')];
    const next = at === input ? (way > 0 ? 0 : -1) : links.indexOf(at) + way;
    if (next >= links.length) return;
    event.preventDefault();
    if (next < 0) input.focus(); else links[next].focus();
  });

  function fill(select, values) {
    for (const [value, text] of values) {
      const option = element('option', '', text);
      option.value = value;
      select.append(option);
    }
  }
  async function begin() {
    const asked = new URLSearchParams(location.search);
    if (asked.get('q') && !input.value) input.value = asked.get('q');
    try {
      const { cities, areas, years } = await load('root');
      fill(facets.elements.y, years.map((year) => [String(year), String(year)]));
      fill(facets.elements.c, cities);
      fill(facets.elements.a, areas);
      for (const name of ['y', 'c', 'a']) facets.elements[name].value = asked.get(name) || '';
      const types = (asked.get('t') || '').split(',');
      facets.querySelectorAll('input').forEach((one) => { one.checked = types.includes(one.value); });
      facets.hidden = false;
    } catch (error) {
      status.textContent = WORDS.failed;
      return;
    }
    if (!('ontouchstart' in window)) input.focus();
    await search();
    /* While the reader types: what every query needs. */
    Promise.all((await segments()).map(withHead)).catch(() => {});
  }
  box.querySelectorAll('[data-needs-script]').forEach((one) => { one.hidden = false; });
  window.ccmeet = { ...window.ccmeet, find };
  begin();
})();
