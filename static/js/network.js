// The network page. Everything works without this file: links, forms and tables. With it a change of filter, person or
// window fetches the same page and puts its parts in place (the whole state stays in the address), the slider redraws the
// lines as it moves, and the years can be played. Nobody moves: the server has worked out the places for the whole record.
document.addEventListener('DOMContentLoaded', () => {
  const root = document.querySelector('[data-network]');
  if (!root) return;
  const SVG = 'http://www.w3.org/2000/svg';
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const find = (what) => root.querySelector(what);
  const data = new Map();
  let playing = null;

  // ---- the same page in another state
  let asking = null;
  const show = async (address, { push = true } = {}) => {
    stop();
    asking?.abort();
    const mine = asking = new AbortController();
    document.body.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(address, { signal: mine.signal });
      const next = answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-network]');
      if (!next) { location.assign(address); return; }
      if (mine !== asking) return;
      const focus = keep();
      root.replaceChildren(...next.childNodes);
      if (push) history.pushState(null, '', address);
      wire();
      restore(focus);
    } catch { if (!mine.signal.aborted) location.assign(address); } finally { if (mine === asking) document.body.removeAttribute('aria-busy'); }
  };
  // Focus and the place on the screen stay where they were.
  const sign = (el) => (el.dataset.node ? `[data-node="${el.dataset.node}"]` : el.id ? `#${el.id}` : el.name ? `[name="${el.name}"]${el.value && el.type !== 'search' && el.tagName === 'INPUT' && el.type !== 'text' ? `[value="${CSS.escape(el.value)}"]` : ''}` : el.dataset.brushEnd ? `[data-brush-end="${el.dataset.brushEnd}"]` : null);
  const keep = () => { const el = document.activeElement; return root.contains(el) ? { what: sign(el), scroll: find('.net-picture .scroll')?.scrollLeft } : {}; };
  const restore = ({ what, scroll }) => {
    const box = find('.net-picture .scroll'); if (box && scroll) box.scrollLeft = scroll;
    const el = what && root.querySelector(what); if (el) el.focus({ preventScroll: true });
  };
  const said = (form) => {
    const params = new URLSearchParams();
    new FormData(form).forEach((value, name) => { if (value !== '') params.append(name, value); });
    const query = params.toString();
    return `${location.pathname}${query ? `?${query}` : ''}`;
  };

  let timer;
  root.addEventListener('submit', (event) => { event.preventDefault(); show(said(event.target)); });
  root.addEventListener('change', (event) => {
    const form = event.target.form;
    if (!form || (event.target.name === 'from' || event.target.name === 'to')) return;
    clearTimeout(timer); timer = setTimeout(() => show(said(form)), 120);
  });
  root.addEventListener('click', (event) => {
    const link = event.target.closest('a[href]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const to = new URL(link.getAttribute('href'), location.href);
    if (to.pathname !== location.pathname || (to.hash && to.search === location.search)) return;
    event.preventDefault(); show(`${to.pathname}${to.search}${to.hash}`);
  });
  addEventListener('popstate', () => show(location.href, { push: false }));

  // ---- the window: which months are drawn
  const months = () => [...root.querySelectorAll('[data-month]')].map((bar) => bar.dataset.month);
  const ends = () => ['from', 'to'].map((end) => find(`[data-brush-end="${end}"]`));
  const called = (month) => new Date(`${month}-01T00:00Z`).toLocaleDateString(document.documentElement.lang, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const place = () => {
    const all = months(); const [from, to] = ends();
    const a = Math.min(+from.value, +to.value - 1); const b = Math.max(+to.value, a + 1);
    const rect = find('[data-brush-window]');
    rect.setAttribute('x', a / all.length * 1000); rect.setAttribute('width', (b - a) / all.length * 1000);
    root.querySelectorAll('[data-month]').forEach((bar, i) => bar.classList.toggle('in', i >= a && i < b));
    const words = find('[data-window]');
    words.textContent = words.dataset.months.replace('{from}', called(all[a])).replace('{to}', called(all[b - 1]));
    return [a, b];
  };
  const load = async () => {
    const picture = find('[data-picture]');
    if (!picture) return null;
    const address = picture.dataset.figure;
    if (!data.has(address)) data.set(address, await (await fetch(address)).json());
    return data.get(address);
  };

  // ---- lines and discs of some months
  const width = (n, most) => 0.7 + 10 * (n / Math.max(most, 1)) ** 0.75;
  const stroke = (pair, track, thick, shift) => {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', `lane-${track} ${pair.weight}`); path.setAttribute('d', pair.d); path.setAttribute('stroke-width', thick.toFixed(2));
    if (shift) path.setAttribute('transform', `translate(0 ${shift.toFixed(2)})`);
    return path;
  };
  const strokes = (pair, a, b, most) => {
    const tracks = new Map(); let sum = 0;
    pair.months.forEach(([month, track, n]) => { if (month >= a && month < b) { tracks.set(track, (tracks.get(track) || 0) + n); sum += n; } });
    if (!sum) return [];
    const sorted = [...tracks].sort((p, q) => q[1] - p[1] || (p[0] < q[0] ? -1 : 1));
    const whole = width(sum, most);
    if (!pair.joint) return [[sum, stroke(pair, sorted[0][0], whole, 0)]];
    let above = -whole / 2;
    return sorted.map(([track, n]) => { const thick = whole * n / sum; const path = stroke(pair, track, thick, above + thick / 2); above += thick; return [sum, path]; });
  };
  const draw = (all, a, b) => {
    const picture = find('[data-picture]');
    const paths = all.pairs.flatMap((pair) => strokes(pair, a, b, all.most)).sort((p, q) => p[0] - q[0]).map(([, path]) => path);
    find('[data-lines]').replaceChildren(...paths);
    picture.querySelectorAll('[data-node]').forEach((el) => {
      const node = all.nodes[el.dataset.node];
      const n = node.months.reduce((sum, [month, count]) => (month >= a && month < b ? sum + count : sum), 0);
      el.classList.toggle('resting', !n);
      el.querySelector('.disc').setAttribute('r', n ? Math.min(node.r, Math.max(2.5, node.r * Math.sqrt(n / Math.max(node.events, 1)))).toFixed(1) : 0);
    });
    find('[data-together]')?.replaceChildren();
  };

  const parts = () => ['after', 'before'].map((name) => find(`.filters [name="${name}"]`));
  const settle = ([a, b]) => {
    const all = months(); const [after, before] = parts();
    after.value = a > 0 ? all[a] : ''; before.value = b < all.length ? all[b - 1] : '';
    show(said(find('.filters')));
  };

  // ---- play: a window of a year moves by a month; with less motion it leaps from year to year
  const stop = () => {
    if (!playing) return;
    clearInterval(playing.timer); const { button, label } = playing; playing = null;
    if (button.isConnected) button.textContent = label;
    root.classList.remove('moving');
  };
  const play = async (button) => {
    if (playing) { const at = place(); stop(); settle(at); return; }
    playing = { button, label: button.textContent, timer: null };
    button.textContent = button.dataset.stop;
    const all = await load();
    if (!playing || !all) { stop(); return; }
    const [from, to] = ends(); const last = months().length; const leap = still.matches ? 12 : 1;
    const shift = months().indexOf(all.months[0]);
    root.classList.toggle('moving', !still.matches);
    let at = 0;
    const step = () => {
      if (at + 12 > last) { stop(); from.value = 0; to.value = last; place(); draw(all, 0, last); return; }
      from.value = at; to.value = at + 12;
      const [a, b] = place(); draw(all, a - shift, b - shift);
      if (at % 12 === 0) find('[data-told]').textContent = find('[data-window]').textContent;
      at += leap;
    };
    step(); playing.timer = setInterval(step, still.matches ? 1800 : 350);
  };

  const brush = () => {
    const holder = find('[data-brush]');
    if (!holder) return;
    const all = months(); const [from, to] = ends(); const [after, before] = parts();
    const at = (text, otherwise, end) => { const i = text.length > 4 ? all.indexOf(text.slice(0, 7)) : end ? all.findLastIndex((m) => m.startsWith(text)) : all.findIndex((m) => m.startsWith(text)); return i < 0 ? otherwise : i; };
    from.value = after.value ? at(after.value, 0, false) : 0; to.value = before.value ? at(before.value, all.length - 1, true) + 1 : all.length;
    place();
    let frame;
    [from, to].forEach((end) => {
      end.addEventListener('input', async () => {
        stop(); const [a, b] = place(); const drawn = await load();
        if (!drawn) return;
        cancelAnimationFrame(frame);
        const shift = all.indexOf(drawn.months[0]);
        frame = requestAnimationFrame(() => draw(drawn, a - shift, b - shift));
      });
      // Arrow keys change it step by step: the page is asked for when they rest.
      end.addEventListener('change', (event) => { event.stopPropagation(); clearTimeout(timer); timer = setTimeout(() => { if (end.isConnected) settle(place()); }, 500); });
    });
  };

  // ---- the picture as a file
  const KEPT = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-size', 'font-weight', 'text-anchor', 'visibility', 'paint-order'];
  const alone = () => {
    const picture = find('[data-picture]'); const file = picture.cloneNode(true);
    const [seen, made] = [picture, file].map((svg) => [...svg.querySelectorAll('path,circle,rect,text,tspan,g,a')]);
    seen.forEach((el, i) => { const now = getComputedStyle(el); KEPT.forEach((name) => made[i].setAttribute(name, now.getPropertyValue(name))); });
    file.querySelectorAll('.dot-off .disc').forEach((el) => el.remove());
    file.querySelectorAll('a').forEach((a) => { const g = document.createElementNS(SVG, 'g'); [...a.attributes].forEach((one) => { if (KEPT.includes(one.name)) g.setAttribute(one.name, one.value); }); g.append(...a.childNodes); a.replaceWith(g); });
    const { width, height } = picture.viewBox.baseVal;
    const paper = document.createElementNS(SVG, 'rect');
    Object.entries({ x: picture.viewBox.baseVal.x, y: 0, width, height, fill: getComputedStyle(document.body).backgroundColor }).forEach(([key, value]) => paper.setAttribute(key, value));
    file.prepend(paper);
    Object.entries({ xmlns: SVG, width, height, 'font-family': 'Source Sans 3, sans-serif' }).forEach(([key, value]) => file.setAttribute(key, value));
    return { text: new XMLSerializer().serializeToString(file), width, height };
  };

  const wire = () => {
    brush();
    find('[data-play]')?.addEventListener('click', (event) => play(event.currentTarget));
    root.querySelectorAll('[data-export]').forEach((button) => button.addEventListener('click', async () => {
      try { await TakeAway.picture(alone(), button.dataset.export, 'network'); } catch { TakeAway.told(button)('failed'); }
    }));
  };
  wire();
});
