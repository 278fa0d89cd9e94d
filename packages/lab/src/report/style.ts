import { coloursCss, type Palette } from './palette.ts'

/** How every page of a report looks: one column of text, figures as wide as the window allows, light or dark, or on paper. */
export const pageStyle = (palette: Palette): string => `
:root{color-scheme:light dark;${coloursCss('light', palette)}}
@media (prefers-color-scheme:dark){:root{${coloursCss('dark', palette)}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{--edge:clamp(1rem,4vw,2.5rem);margin:0 auto;padding:0 var(--edge) 4rem;max-width:78rem;counter-reset:figure;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
header,.prose,p,ul,ol,dl{max-width:46rem}
header{padding-top:clamp(1.5rem,5vw,3.5rem)}
h1{margin:0 0 1rem;font-size:clamp(1.7rem,5vw,2.4rem);line-height:1.15;letter-spacing:-.015em;text-wrap:balance}
h2{margin:0 0 .75rem;font-size:clamp(1.3rem,3.4vw,1.6rem);line-height:1.25;letter-spacing:-.01em}
h3{margin:2rem 0 .5rem;font-size:1.08rem;line-height:1.3}
h4{margin:1.25rem 0 .25rem;font-size:.95rem;line-height:1.3}
p,ul,ol,dl{margin:0 0 1rem}
li{margin-bottom:.4rem}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--link);outline-offset:3px;border-radius:2px}
section{margin-top:3.5rem;padding-top:1.5rem;border-top:1px solid var(--rule)}
.skip{position:absolute;left:-100vw}
.skip:focus{position:static}
.kicker{margin:0 0 .4rem;color:var(--faint);font-size:.85rem;letter-spacing:.02em}
.lead{font-size:1.08rem}
.lead li::marker{color:var(--faint)}
.faint,figcaption,caption,.note{color:var(--faint)}
.note,figcaption,caption{font-size:.875rem;line-height:1.5}
nav{margin-top:1.5rem;display:grid;gap:.6rem;font-size:.925rem}
nav ul{display:flex;flex-wrap:wrap;gap:.35rem 1.1rem;margin:0;padding:0;list-style:none;max-width:none}
nav li{margin:0}
nav .files a{display:inline-block;padding:.15rem .6rem;border:1px solid var(--rule);border-radius:1rem;text-decoration:none}
nav .files a:hover{border-color:var(--link)}
figure{margin:1rem 0 2rem}
figcaption{margin-top:.6rem;max-width:52rem}
figcaption::before{counter-increment:figure;content:"Figure " counter(figure) ". ";font-weight:600;color:var(--ink)}
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,max(var(--narrowest,9.5rem),(100% - (var(--columns,5) - 1)*.75rem)/var(--columns,5))),1fr));gap:.9rem .75rem;align-items:end}
.panel{min-width:0}
.panel>b span{font-weight:600}
.panel>b{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .4rem;font-size:.875rem;line-height:1.35}
.panel>b small{margin-left:auto;white-space:nowrap;font-weight:400;color:var(--faint);font-variant-numeric:tabular-nums}
.key{flex:none;align-self:center;width:.7rem;height:.7rem;border-radius:50%}
.beside{display:grid;gap:1rem 3rem}
.beside>*{min-width:0}
@media (min-width:64rem){.beside{grid-template-columns:max-content minmax(0,1fr);align-items:start}.beside .scroll{max-width:44rem}}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;margin:0 0 .7rem;padding:0;list-style:none;font-size:.85rem;color:var(--faint);max-width:none}
.legend li{display:flex;align-items:center;gap:.45rem;margin:0}
.legend svg{flex:none;width:2rem;height:1rem;display:block}
.panels:has(.legend){align-items:start}
.panel .legend{flex-direction:column;margin:.3rem 0 0;line-height:1.4}
svg.chart{display:block;width:100%;height:auto;overflow:visible}
.chart{--plot-background:var(--paper)}
.scroll{max-width:100%;overflow-x:auto}
table{border-collapse:collapse;font-size:.9rem;line-height:1.4;font-variant-numeric:tabular-nums}
caption{caption-side:top;text-align:left;padding-bottom:.6rem;max-width:min(52rem,100vw - 2*var(--edge))}
th,td{padding:.32rem .55rem;text-align:right;vertical-align:baseline;border-bottom:1px solid var(--rule)}
th:first-child,td:first-child{text-align:left;padding-left:0}
td:last-child,th:last-child{padding-right:0}
thead th{border-bottom:2px solid var(--rule);font-weight:600;vertical-align:bottom}
tbody th{font-weight:400}
@media (max-width:34rem){.scroll tbody th,.scroll thead th:first-child{position:sticky;left:0;background:var(--paper)}}
th.group{padding-top:1.3rem;font-weight:600;text-align:left}
th.group small{font-weight:400;color:var(--faint)}
td{white-space:nowrap}
td.text,td.breaks{white-space:normal}
td.text,th.text{text-align:left}
tr.back{color:var(--faint)}
td.best{font-weight:650}
th .key,.panel .key{display:inline-block;margin-right:.5rem}
table.images{width:100%;max-width:52rem;table-layout:fixed}
table.images th:first-child{width:22%}
table.images th{text-align:left;white-space:normal}
table.images td{text-align:center;padding:.2rem}
table.images td,table.images th{border-bottom:0;vertical-align:middle}
img.pixels{display:block;width:100%;height:auto;image-rendering:pixelated;border:1px solid var(--rule)}
pre{max-width:100%;overflow-x:auto;margin:0 0 1rem;padding:.8rem 1rem;background:var(--panel);border:1px solid var(--rule);border-radius:.4rem;font:.8rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.88em}
pre code{font-size:inherit}
pre.wrapped{white-space:pre-wrap;overflow-wrap:anywhere}
dt{font-weight:600}
dd{margin:0 0 .7rem}
summary{cursor:pointer;margin-bottom:.75rem}
summary h3{display:inline;margin:0}
.set figcaption::before{counter-increment:none;content:none}
footer{margin-top:3.5rem;padding-top:1rem;border-top:1px solid var(--rule);font-size:.85rem;color:var(--faint)}
@media (max-width:34rem){table{font-size:.8rem}th,td{padding:.3rem .3rem}.panels{gap:.9rem .6rem}}
@page{margin:15mm}
@media print{
:root{color-scheme:light;${coloursCss('light', palette)}}
html{font-size:10pt}
body{padding:0;max-width:none}
nav,.skip{display:none}
section{margin-top:1.5rem;padding-top:1rem}
figure,tr,pre,.panel,dt{break-inside:avoid}
h2,h3,h4,dt,caption,.legend{break-after:avoid}
thead{display:table-header-group}
.scroll{overflow:visible}
pre{white-space:pre-wrap;overflow-wrap:anywhere}
a{color:inherit;text-decoration:none}
details:not([open])::details-content{content-visibility:visible;block-size:auto}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}`
