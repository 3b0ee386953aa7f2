BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    $manifest = Find-GuildModule
}

Describe 'Importing the module' {
    It 'works in a fresh process and writes nothing' {
        Invoke-FreshPowerShell "Import-Module '$manifest'" | Should -BeNullOrEmpty
    }

    It 'exports exactly what the manifest lists' {
        $listed = Import-PowerShellDataFile $manifest
        $names = Invoke-FreshPowerShell "Import-Module '$manifest'; (Get-Command -Module Guild).Name"
        $names | Sort-Object | Should -Be (@($listed.CmdletsToExport) + $listed.FunctionsToExport | Sort-Object)
    }

    It 'can be done twice, and by force' {
        Invoke-FreshPowerShell "Import-Module '$manifest'; Import-Module '$manifest'; Import-Module '$manifest' -Force; @(Get-Module Guild).Count" | Should -Be '1'
    }

    It 'can be undone and done again' {
        Invoke-FreshPowerShell "Import-Module '$manifest'; Remove-Module Guild; Import-Module '$manifest'; (Get-Command Get-GuildRun).Source" | Should -Be 'Guild'
    }

    It 'works from within another module' {
        $outer = Join-Path $TestDrive 'Outer.psm1'
        Set-Content $outer "Import-Module '$manifest'`nfunction Get-Outer { (Get-Command Get-GuildRun).Source; guild --version }"
        $lines = Invoke-FreshPowerShell "Import-Module '$outer'; Get-Outer; `$LASTEXITCODE"
        $lines[0] | Should -Be 'Guild'
        $lines[-1] | Should -Be '0'
    }

    It 'happens by itself when the module is on the path' {
        $root = Join-Path $TestDrive 'modules'
        New-Item -ItemType Directory (Join-Path $root Guild) | Out-Null
        Copy-Item -LiteralPath (Split-Path $manifest) -Destination (Join-Path $root Guild) -Recurse
        Invoke-FreshPowerShell "`$env:PSModulePath = '$root' + [IO.Path]::PathSeparator + `$env:PSModulePath; (Get-Command Get-GuildOperation).CommandType; @(Get-GuildRun -ErrorAction Stop).Count -ge 0; (Get-Module Guild).Name" |
            Should -Be 'Cmdlet', 'True', 'Guild'
    }

    It 'is accepted by Test-ModuleManifest' {
        (Test-ModuleManifest $manifest -WarningAction Stop).Name | Should -Be 'Guild'
    }

    It 'gives every cmdlet a syntax' {
        Import-Module $manifest -Force
        Get-Command -Module Guild -CommandType Cmdlet | ForEach-Object { Get-Help $_.Name | Out-String | Should -Match $_.Name }
    }
}
