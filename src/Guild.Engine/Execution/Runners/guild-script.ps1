# Runs a PowerShell script with typed parameters, in a process of its own:
#
#     pwsh -NoProfile -NonInteractive -File guild-script.ps1 SCRIPT PARAMETERS
#
# PARAMETERS is the literal of a hashtable. It is read as data, never run. Only the language and .NET are used, because
# the host that stands in for pwsh has no modules. The exit code is the script's own, or 1 when it fails.
$scriptPath = [System.IO.Path]::GetFullPath($args[0])
$tokens = $null
$parseErrors = $null
$ast = [System.Management.Automation.Language.Parser]::ParseInput([string]$args[1], [ref]$tokens, [ref]$parseErrors)
$table = $ast.Find({ param($node) $node -is [System.Management.Automation.Language.HashtableAst] }, $false)
$parameters = $table.SafeGetValue()
$global:LASTEXITCODE = 0
try {
    & $scriptPath @parameters
    exit $global:LASTEXITCODE
}
catch {
    [Console]::Error.WriteLine("$($_.InvocationInfo.ScriptName):$($_.InvocationInfo.ScriptLineNumber): $($_.Exception.Message)")
    if ($_.FullyQualifiedErrorId -eq 'CommandNotFoundException' -and -not (Get-Command Get-ChildItem -ErrorAction Ignore)) {
        [Console]::Error.WriteLine('This host has only the core commands of PowerShell. Install PowerShell 7.6 (pwsh) for all of them.')
    }
    exit 1
}
