# What all test files share: where the module is, and projects of a test's own.

function Find-GuildModule {
    if ($env:GUILD_MODULE) { return (Resolve-Path -LiteralPath $env:GUILD_MODULE).ProviderPath }
    $staged = Get-ChildItem -Path (Join-Path $PSScriptRoot '../../out/Guild/*/Guild.psd1') -ErrorAction Ignore |
        Sort-Object { [version]$_.Directory.Name } | Select-Object -Last 1
    if (-not $staged) { throw 'There is no staged module. Build it with: dotnet build' }
    return $staged.FullName
}

# A copy of an example, in a folder of its own.
function Copy-Example([string] $Name, [string] $Destination) {
    Copy-Item -LiteralPath (Join-Path $PSScriptRoot "../../examples/$Name") -Destination $Destination -Recurse
    return Join-Path $Destination $Name
}

# A script in a PowerShell process of its own, with nothing imported.
function Invoke-FreshPowerShell([string] $Script) {
    $pwsh = (Get-Process -Id $PID).Path
    & $pwsh -NoProfile -NonInteractive -Command $Script 2>&1 | ForEach-Object { "$_" }
}

function Get-Completion([string] $Line) {
    (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
}

Export-ModuleMember -Function Find-GuildModule, Copy-Example, Invoke-FreshPowerShell, Get-Completion
