BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    Import-Module (Find-GuildModule) -Force
    $savedHome = $env:GUILD_HOME
    $env:GUILD_HOME = Join-Path $TestDrive 'home'
    Push-Location (New-Item -ItemType Directory (Join-Path $TestDrive 'project'))
    Set-Content hello.ps1 @'
param([Parameter(Mandatory)] [string] $Name, [ValidateSet('low', 'loud')] [string] $Voice = 'low')
"hello $Name, $Voice"
'@
    Set-Content train.py "lr = 0.1`nprint('lr is', lr)"
}

AfterAll {
    Pop-Location
    $env:GUILD_HOME = $savedHome
}

Describe 'Scripts without a Guild file' {
    It 'runs a PowerShell script by its path, with its parameters' {
        (Invoke-GuildOperation ./hello.ps1 -Name Ada -Voice loud -Quiet | Get-GuildRunOutput).Text | Should -Be 'hello Ada, loud'
    }

    It 'asks for what is mandatory' {
        { Invoke-GuildOperation ./hello.ps1 -Quiet } | Should -Throw "*'Name' is required*"
    }

    It 'runs a Python script with its global variables as flags' {
        (Invoke-GuildOperation train.py lr=0.5 -Quiet | Get-GuildRunOutput).Text | Should -Be 'lr is 0.5'
    }

    It 'starts a staged run of a script' {
        (Invoke-GuildOperation train.py lr=0.25 -Stage -Quiet | Start-GuildRun -Quiet | Get-GuildRunOutput).Text | Should -Be 'lr is 0.25'
    }

    It 'lists flags as objects' {
        (Get-GuildHelp ./hello.ps1).Flags | Sort-Object Name | ForEach-Object ImportedFrom | Should -Be 'hello.ps1', 'hello.ps1'
    }
}
