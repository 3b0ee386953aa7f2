<#
.SYNOPSIS
    Writes report.md: the products of sales.csv, best first.

.DESCRIPTION
    Uses .NET and the language alone, none of the cmdlets that PowerShell's own modules bring:
    so it runs the same in pwsh and in the small host that stands in where there is no pwsh.
#>
param(
    [ValidateNotNullOrEmpty()]
    [string] $Title = 'Sales',

    [ValidateRange(1, 100)]
    [int] $Top = 5,

    [ValidateSet('table', 'list')]
    [string] $Format = 'table',

    [switch] $Share
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

$invariant = [cultureinfo]::InvariantCulture

# .NET resolves relative paths against the process, which need not be where PowerShell is.
$folder = $ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath

function Read-Sales([string] $path) {
    $lines = [IO.File]::ReadAllLines($path)
    if ($lines.Length -eq 0 -or $lines[0] -cne 'month,product,amount') {
        throw "${path}, line 1: expected the columns month,product,amount"
    }

    for ($index = 1; $index -lt $lines.Length; $index++) {
        $values = $lines[$index].Split(',')
        $amount = [decimal] 0
        if ($values.Length -ne 3 -or -not [decimal]::TryParse($values[2], 'Float', $invariant, [ref] $amount)) {
            throw "${path}, line $($index + 1): expected a month, a product and an amount"
        }

        [pscustomobject] @{ Month = $values[0]; Product = $values[1]; Amount = $amount }
    }
}

function Format-Amount([decimal] $amount) {
    $amount.ToString('N2', $invariant)
}

function Format-Share([decimal] $amount, [decimal] $total) {
    $(if ($total -eq 0) { [decimal] 0 } else { 100 * $amount / $total }).ToString('0.0', $invariant) + ' %'
}

$sales = @(Read-Sales ([IO.Path]::Combine($folder, 'sales.csv')))

$total = [decimal] 0
$amounts = [Collections.Generic.Dictionary[string, decimal]]::new()
foreach ($sale in $sales) {
    $total += $sale.Amount
    $sum = [decimal] 0
    $null = $amounts.TryGetValue($sale.Product, [ref] $sum)
    $amounts[$sale.Product] = $sum + $sale.Amount
}

$products = [Collections.Generic.List[string]]::new($amounts.Keys)
$products.Sort([Comparison[string]] {
        param($left, $right)
        $order = $amounts[$right].CompareTo($amounts[$left])
        if ($order -ne 0) { $order } else { [string]::CompareOrdinal($left, $right) }
    })
$shown = $products.GetRange(0, [Math]::Min($Top, $products.Count))

$report = [Collections.Generic.List[string]]::new()
$report.Add("# $Title")
$report.Add('')
if ($Format -eq 'table') {
    $report.Add('| product | amount |' + $(if ($Share) { ' share |' }))
    $report.Add('| --- | ---: |' + $(if ($Share) { ' ---: |' }))
}
foreach ($product in $shown) {
    $amount = Format-Amount $amounts[$product]
    $part = Format-Share $amounts[$product] $total
    $report.Add($(
            if ($Format -eq 'table') { "| $product | $amount |" + $(if ($Share) { " $part |" }) }
            else { "- ${product}: $amount" + $(if ($Share) { " ($part)" }) }
        ))
}
$report.Add('')
$report.Add("Total of all $($products.Count) products: $(Format-Amount $total)")

$path = [IO.Path]::Combine($folder, 'report.md')
[IO.File]::WriteAllText($path, [string]::Join("`n", $report) + "`n")

# A value that stands alone is output; lines such as "rows: 72" become the run's scalars.
"$($shown.Count) of $($products.Count) products written to report.md"
"rows: $($sales.Count)"
"products: $($products.Count)"
"total: $($total.ToString('0.00', $invariant))"
