# Runs a PowerShell script with typed parameters, in a process of its own:
#
#     pwsh -NoProfile -NonInteractive -File guild-script.ps1 SCRIPT PARAMETERS [SECRETS]
#
# PARAMETERS is the literal of a hashtable. It is read as data, never run. SECRETS is such a literal too: for each secret
# parameter the names of the environment variables that hold it, one for a text, two for a user name and a password. A
# parameter that the script does not declare is left out: the script reads the variables then. Only the language and .NET are used, because
# the host that stands in for pwsh has no modules. The exit code is the script's own, or 1 when it fails.
$scriptPath = [System.IO.Path]::GetFullPath($args[0])
$tokens = $null
$parseErrors = $null

function Read-Table([string] $literal) {
    $ast = [System.Management.Automation.Language.Parser]::ParseInput($literal, [ref]$tokens, [ref]$parseErrors)
    $ast.Find({ param($node) $node -is [System.Management.Automation.Language.HashtableAst] }, $false).SafeGetValue()
}

function ConvertTo-Secret([string] $text) {
    $secret = [System.Security.SecureString]::new()
    foreach ($character in $text.ToCharArray()) { $secret.AppendChar($character) }
    $secret.MakeReadOnly()
    , $secret
}

$parameters = Read-Table $args[1]
if ($args.Count -gt 2) {
    $secrets = Read-Table $args[2]
    $script = [System.Management.Automation.Language.Parser]::ParseFile($scriptPath, [ref]$tokens, [ref]$parseErrors)
    foreach ($declared in $script.ParamBlock.Parameters) {
        $name = $declared.Name.VariablePath.UserPath
        if (-not $secrets.ContainsKey($name)) { continue }
        $texts = @(foreach ($variable in $secrets[$name]) { [System.Environment]::GetEnvironmentVariable($variable) })
        $parameters[$name] =
            if ($texts.Count -gt 1) { [pscredential]::new($texts[0], (ConvertTo-Secret $texts[1])) }
            elseif ($declared.StaticType -eq [securestring]) { ConvertTo-Secret $texts[0] }
            else { $texts[0] }
    }
}

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
