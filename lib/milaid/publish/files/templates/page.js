(function(){var links={};document.querySelectorAll('.rail nav>ul a').forEach(function(a){links[a.hash.slice(1)]=a});
if(!('IntersectionObserver' in window))return;
var seen=new IntersectionObserver(function(entries){entries.forEach(function(e){var a=links[e.target.id];if(!a||!e.isIntersecting)return;
Object.keys(links).forEach(function(k){links[k].removeAttribute('aria-current')});a.setAttribute('aria-current','true')})},{rootMargin:'-15% 0px -75% 0px'});
Object.keys(links).forEach(function(k){var s=document.getElementById(k);if(s)seen.observe(s)})})();
