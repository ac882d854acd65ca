(function(){var form=document.getElementById('search'),query=document.getElementById('query'),found=document.getElementById('found');
var rows=[].map.call(document.querySelectorAll('.reports li'),function(li){
return{li:li,words:' '+li.getAttribute('data-words'),years:' '+(li.getAttribute('data-years')||'')+' '}});
var parts=[].slice.call(document.querySelectorAll('.list .group')).concat([].slice.call(document.querySelectorAll('.list')));
function folded(text){return text.normalize('NFKD').replace(/[\u0300-\u036f]/g,'').replace(/['\u2019]/g,'').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean)}
function search(){var asked=folded(query.value),shown=0,several=asked.some(function(t){return!/^\d{4}$/.test(t)});
rows.forEach(function(row){var fits=asked.every(function(t){return row.words.indexOf(' '+t)>=0||(several&&/^\d{4}$/.test(t)&&row.years.indexOf(' '+t+' ')>=0)});
row.li.hidden=!fits;shown+=fits?1:0});
parts.forEach(function(part){part.hidden=!part.querySelector('.reports li:not([hidden])')});
found.textContent=!asked.length?rows.length+(rows.length===1?' report':' reports'):shown?shown+' of '+rows.length+(rows.length===1?' report':' reports'):'No report of this kind. Try a shorter word, or the name of the country in English.'}
form.addEventListener('submit',function(event){event.preventDefault()});query.addEventListener('input',search);form.hidden=false;[].forEach.call(document.querySelectorAll('[data-scripted]'),function(e){e.hidden=false});search()})()
