// An exhibit by itself at #embed=figure-1; contents that say where the reader is; folded sections on a phone; copying.
// make and copyable serve the other scripts too.
function make(name, properties, parent) {
  var element = Object.assign(document.createElement(name), properties);
  if (parent) parent.appendChild(element);
  return element;
}
// What carries data-copy gets a button; the address of a page is not always one that may write to the clipboard.
function copyable(text) {
  var button = make('button', { type: 'button', className: 'copy', textContent: 'Copy ' + text.dataset.copy });
  var said = make('span', { role: 'status' });
  button.addEventListener('click', () => {
    getSelection().selectAllChildren(text);
    said.textContent = document.execCommand('copy') ? 'Copied' : 'Selected';
  });
  text.after(button, said);
}
(() => {
  var root = document.documentElement, main = document.querySelector('main');

  function embed() {
    var asked = /^#embed=([\w-]+)$/.exec(location.hash), exhibit = asked && document.getElementById(asked[1]);
    if (!exhibit || !exhibit.matches('.exhibit')) return;
    var title = document.querySelector('h1'), from = make('p', { className: 'from', textContent: 'From: ' });
    from.append(make('a', { href: location.pathname + '#' + asked[1], textContent: title.textContent }));
    title.className = 'unseen';
    exhibit.querySelector('h3').setAttribute('aria-level', 2);
    main.replaceChildren(title, exhibit, from, ...main.querySelectorAll('.meanings'));
    document.body.replaceChildren(main);
    main.querySelectorAll('a:not([download])').forEach(link => link.target = '_blank');
    root.classList.add('embedded');
  }
  embed();
  addEventListener('hashchange', () => {
    if (/^#embed=/.test(location.hash) || root.matches('.embedded')) location.reload();
  });

  function contents() {
    var links = {};
    document.querySelectorAll('.rail nav>ul a').forEach(a => links[a.hash.slice(1)] = a);
    var seen = new IntersectionObserver(entries => {
      entries.forEach(e => {
        var a = links[e.target.id];
        if (!a || !e.isIntersecting) return;
        Object.keys(links).forEach(k => links[k].removeAttribute('aria-current'));
        a.setAttribute('aria-current', 'true');
      });
    }, { rootMargin: '-15% 0px -75% 0px' });
    Object.keys(links).forEach(k => { var s = document.getElementById(k); if (s) seen.observe(s); });
  }
  contents();

  function target() { return document.getElementById(location.hash.slice(1)); }
  // Only where the browser opens what it finds, in a search or by a link, is anything folded.
  function fold(section) {
    var heading = section.querySelector('h2:first-child');
    if (!heading || heading.querySelector('a') || section.matches('.summary,#revisions')) return;
    var body = make('div', { className: 'fold' }), button = make('button', { type: 'button' });
    while (heading.nextSibling) body.appendChild(heading.nextSibling);
    section.appendChild(body);
    button.append.apply(button, heading.childNodes);
    heading.appendChild(button);
    heading.classList.add('folds');
    function set(open) {
      button.setAttribute('aria-expanded', open);
      if (open) body.removeAttribute('hidden'); else body.setAttribute('hidden', 'until-found');
    }
    button.addEventListener('click', () => set(body.hasAttribute('hidden')));
    body.addEventListener('beforematch', () => set(true));
    set(section.contains(target()));
    section.unfold = () => set(true);
  }
  var phone = matchMedia('(max-width:599px)'), sections = main.querySelectorAll('main>section');
  function foldAll() {
    sections.forEach(section => {
      if (!phone.matches) section.unfold && section.unfold();
      else if (!section.unfold) fold(section);
    });
  }
  if ('onbeforematch' in root && !root.matches('.embedded')) {
    foldAll();
    phone.addEventListener('change', foldAll);
    addEventListener('hashchange', () => {
      sections.forEach(section => section.unfold && section.contains(target()) && section.unfold());
    });
  }

  document.querySelectorAll('[data-copy]').forEach(copyable);
})();
