BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    Import-Module (Find-GuildModule) -Force
    $savedHome = $env:GUILD_HOME
    $env:GUILD_HOME = Join-Path $TestDrive 'home'
    Push-Location (Copy-Example powershell-report $TestDrive)
}

AfterAll {
    Pop-Location
    $env:GUILD_HOME = $savedHome
}

Describe 'The guild function' {
    It 'says its version' {
        guild --version 6>&1 | Out-String | Should -Match '^guild \d'
        $LASTEXITCODE | Should -Be 0
    }

    It 'runs an operation with the classic words' {
        guild run build top=2 title=Words -y *>&1 | Out-Null
        $LASTEXITCODE | Should -Be 0
        (Get-GuildRun 1).Flags.top | Should -Be 2
        (Get-GuildRun 1).Flags.title | Should -Be 'Words'
    }

    It 'lists runs' {
        guild runs *>&1 | Out-String | Should -Match 'report:build'
        $LASTEXITCODE | Should -Be 0
    }

    It 'leaves a code that is not zero for what cannot be' {
        guild run no-such-operation -y *>&1 | Out-Null
        $LASTEXITCODE | Should -Be 1
    }

    It 'leaves 2 for words that it does not know' {
        guild no-such-word *>&1 | Out-Null
        $LASTEXITCODE | Should -Be 2
    }
}
