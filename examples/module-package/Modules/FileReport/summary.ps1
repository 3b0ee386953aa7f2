param(
    [Parameter(Mandatory)]
    [string] $Folder
)

$known = [System.IO.File]::ReadAllLines("$PWD/endings.txt")
$counts = @{ other = 0 }
foreach ($file in [System.IO.Directory]::EnumerateFiles($Folder)) {
    $ending = [System.IO.Path]::GetExtension($file).TrimStart('.')
    $name = if ($ending -in $known) { $ending } else { 'other' }
    $counts[$name] = 1 + $counts[$name]
}

foreach ($name in [string[]]$known + 'other') {
    "${name}: $([int]$counts[$name])"
}
