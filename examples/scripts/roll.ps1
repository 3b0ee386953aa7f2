<#
.SYNOPSIS
    Rolls dice.
.PARAMETER Count
    How many dice are rolled.
.PARAMETER Seed
    The same seed gives the same roll.
#>
param(
    [ValidateRange(1, 100)]
    [int] $Count = 3,

    [ValidateSet(4, 6, 20)]
    [int] $Sides = 6,

    [int] $Seed = 7,

    [switch] $Sum
)

$random = [System.Random]::new($Seed)
$rolls = foreach ($die in 1..$Count) { $random.Next(1, $Sides + 1) }
"rolls: $rolls"
if ($Sum) {
    $total = 0
    foreach ($roll in $rolls) { $total += $roll }
    "total: $total"
}
