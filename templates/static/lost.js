/* ccmeet: 404.html where the build did not know the site's address. A server shows the page at any
   depth; it asks for this file by several ways up, and the one that finds it is the site's root. */
(() => {
  'use strict';
  const d = document, root = d.documentElement, home = new URL('.', d.currentScript.src);
  if (root.dataset.home) return;
  root.dataset.home = home;
  addEventListener('DOMContentLoaded', () => {
    for (const link of d.querySelectorAll('a[href]:not([href^="#"])')) link.href = new URL(link.getAttribute('href'), home);
    d.body.dataset.search = new URL(d.body.dataset.search, home);
    const script = d.createElement('script');
    script.src = new URL('site.js', home);
    d.head.append(script);
  });
})();
