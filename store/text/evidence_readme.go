package text

// EvidenceReadme tells whoever holds an evidence pack what is in it and how to verify it without the product. It is in
// bokmål with English beside it, as the pack may be read anywhere.
func EvidenceReadme() []byte { return []byte(evidenceReadme) }

const evidenceReadme = "# Bevispakke fra Samband\n" + `
Pakken viser hva som ble godkjent, hva som har kjørt under godkjenningen, og at loggen sier det samme. Den inneholder
ingen helseopplysninger og ingen pasienter. Navn i den er navn på ansatte som har sendt inn, besluttet eller kjørt.

This pack shows what was approved, what has run under the approval, and that the log says so. It holds no health data
and no patients.

## Filene

| Fil | Innhold |
| --- | --- |
| approval.json | godkjenningen: hvem, når, vedtaket, og navn og grunnlag slik de var da det ble sendt inn |
| scope.json | omfanget, byte for byte slik kontrollsummen ble regnet ut |
| scope.nb.md | omfanget i ord |
| appendix.md, appendix.html | vedlegget til løsningsdesignet |
| ros.json, ld.json | ROS og LD slik de var da det ble sendt inn |
| history.json, history.nb.md | alt som er sendt inn om integrasjonen, og forskjellene |
| runs.csv | kjøringene under godkjenningen |
| refusals.csv | kjøringer som ble avvist, uteble eller ble hoppet over |
| audit.jsonl | utdraget av loggen, en linje per hendelse |
| audit-proofs.json | beviset for at hver linje står i loggen |
| checkpoint.txt | loggens signerte sjekkpunkt |
| public-key.pem | den offentlige nøkkelen som pakken er signert med |
| manifest.json | alle filene med størrelse og SHA-256 |
| manifest.sig | Ed25519-signatur av manifest.json, i base64 |

## Slik kontrollerer du uten Samband

Pakk ut i en tom mappe. Sammenlign først nøkkelen med den sykehuset oppgir: en pakke kan være hel og likevel signert av
noen andre. Compare the key with the one that the hospital publishes first.

1. Signaturen / the signature:

       base64 -d manifest.sig > manifest.raw
       openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in manifest.json -sigfile manifest.raw

2. Filene, omfanget og loggen / the files, the scope and the log. Lagre som check.py og kjør python3 check.py:

` + "```python\n" + evidenceCheck + "```\n" + `
3. Sjekkpunktet er en signert note (C2SP tlog-checkpoint). Roten i checkpoint.txt skal være den som check.py skriver.
   Andre verktøy for signerte noter kan kontrollere signaturen; nøkkelen står som public_key i manifest.json.

Med Samband: samband evidence verify FIL, eller siden /evidence/verify.
`

// evidenceCheck verifies a pack with nothing but Python's own library.
const evidenceCheck = `import base64, hashlib, json
sha = lambda b: hashlib.sha256(b).digest()
read = lambda name: open(name, "rb").read()
manifest = json.loads(read("manifest.json"))
for f in manifest["files"]:
    assert sha(read(f["name"])).hex() == f["sha256"], "changed: " + f["name"]
assert sha(read("scope.json")).hex() == manifest["scope_hash"], "scope.json is another scope"
proof = json.loads(read("audit-proofs.json"))
given = {(g["first"], g["count"]): base64.b64decode(g["hash"]) for g in proof["given"]}
leaf = {}
for line in read("audit.jsonl").splitlines():
    leaf[json.loads(line)["seq"] - 1] = sha(b"\0" + line)
def root(first, count):
    if (first, count) in given: return given[first, count]
    if count == 1: return leaf[first]
    left = 1
    while left * 2 < count: left *= 2
    return sha(b"\1" + root(first, left) + root(first + left, count - left))
top = base64.b64encode(root(0, proof["size"])).decode()
assert read("checkpoint.txt").decode().split("\n")[1:3] == [str(proof["size"]), top], "the log does not fit"
print("OK:", len(manifest["files"]), "files,", len(leaf), "lines of the log, root", top)
`
