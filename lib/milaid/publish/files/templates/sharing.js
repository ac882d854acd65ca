// What can be taken of an exhibit: its drawing as a picture, its address, code that shows it in another page.
(() => {
  var MARGIN = 24, SCALE = 2;
  function words(exhibit, selector) {
    var found = exhibit.querySelector(selector);
    if (!found) return '';
    found = found.cloneNode(true);
    found.querySelectorAll('.data').forEach(data => data.remove());
    return found.textContent.replace(/\s+/g, ' ').trim();
  }
  // The drawing between title and source, in the colours of paper, with the fonts inside.
  function drawn(exhibit) {
    var plot = exhibit.querySelector('svg.plot'), box = plot.viewBox.baseVal, rules = [...document.styleSheets[0].cssRules];
    var light = rules[0].style, pen = document.createElement('canvas').getContext('2d'), y = MARGIN, texts = [];
    var fonts = rules.filter(rule => rule.type === 5 && /Public Sans/.test(rule.cssText));
    var svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    function set(element, attributes) {
      Object.keys(attributes).forEach(key => element.setAttribute(key, attributes[key]));
      return element;
    }
    function add(name, attributes, text) {
      svg.appendChild(set(document.createElementNS(svg.namespaceURI, name), attributes)).textContent = text || '';
    }
    function write(text, size, weight, role) {
      var line = '';
      pen.font = weight + ' ' + size + "px 'Public Sans'";
      function end() {
        y += size * 1.35;
        texts.push([line, size, weight, role, y]);
        line = '';
      }
      text.split(' ').forEach(word => {
        if (line && pen.measureText(line + ' ' + word).width > box.width) end();
        line += (line ? ' ' : '') + word;
      });
      if (line) end();
    }
    write(words(exhibit, '.number'), 13, 600, 'ink2');
    write(words(exhibit, '.title'), 19, 600, 'ink');
    write(words(exhibit, '.subtitle'), 14.5, 400, 'ink2');
    var top = y + 16;
    y = top + box.height + 10;
    write(words(exhibit, '.sources'), 12, 400, 'ink2');
    write(document.title, 12, 400, 'ink2');
    var width = box.width + 2 * MARGIN, height = Math.ceil(y + MARGIN);
    add('style', {}, fonts.map(rule => rule.cssText).join('') +
      ".plot{overflow:visible}.plot *{stroke-linejoin:round;stroke-linecap:butt}");
    add('rect', { width: width, height: height, fill: 'var(--paper)' });
    texts.forEach(t => {
      add('text', { x: MARGIN, y: t[4], 'font-size': t[1], 'font-weight': t[2], fill: 'var(--' + t[3] + ')' }, t[0]);
    });
    svg.appendChild(set(plot.cloneNode(true), { x: MARGIN, y: top, width: box.width, height: box.height }));
    set(svg, { width: width, height: height, viewBox: [0, 0, width, height].join(' '), 'font-family': "'Public Sans',Arial,sans-serif" });
    return {
      width: width, height: height,
      text: new XMLSerializer().serializeToString(svg).replace(/var\((--[\w-]+)\)/g, (all, name) => {
        return light.getPropertyValue(name).trim();
      })
    };
  }
  function save(content, exhibit, suffix) {
    var page = location.pathname.split('/').pop().replace(/\.html$/, ''), address = URL.createObjectURL(content);
    make('a', { href: address, download: (page ? page + '-' : '') + exhibit.id + suffix }).click();
  }
  function asSvg(exhibit) { save(new Blob([drawn(exhibit).text], { type: 'image/svg+xml' }), exhibit, '.svg'); }
  function asPng(exhibit) {
    var drawing = drawn(exhibit), picture = new Image();
    picture.onload = () => {
      var canvas = make('canvas', { width: SCALE * drawing.width, height: SCALE * drawing.height });
      canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(content => save(content, exhibit, '.png'));
    };
    picture.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(drawing.text);
  }
  function fill(box, exhibit) {
    var here = location.href.split('#')[0], code = document.createElement('iframe');
    if (exhibit.querySelector('svg.plot')) {
      var files = make('p', {}, box);
      [['Picture (PNG)', asPng], ['Drawing (SVG)', asSvg]].forEach(file => {
        make('button', { type: 'button', textContent: file[0] }, files).addEventListener('click', () => file[1](exhibit));
      });
    }
    Object.assign(code, {
      src: here + '#embed=' + exhibit.id, title: words(exhibit, '.title'), loading: 'lazy',
      width: '100%', height: Math.min(exhibit.offsetHeight - box.offsetHeight + 60, 900)
    });
    [['address', here + '#' + exhibit.id], ['embed code', code.outerHTML]].forEach(part => {
      var text = make('code', { textContent: part[1] }, make('p', {}, box));
      text.dataset.copy = part[0];
      copyable(text);
    });
  }
  document.querySelectorAll('.exhibit').forEach(exhibit => {
    var box = make('details', { className: 'uses' }, exhibit.querySelector('.notes'));
    make('summary', { textContent: 'Share ' + words(exhibit, '.number') }, box);
    box.addEventListener('toggle', () => box.children[1] || fill(box, exhibit));
  });
})();
