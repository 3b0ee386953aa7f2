BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    $manifest = Find-GuildModule
    Import-Module $manifest -Force
    $savedHome = $env:GUILD_HOME
    $env:GUILD_HOME = Join-Path $TestDrive 'home'
    $project = New-Item -ItemType Directory (Join-Path $TestDrive 'project')
    Set-Content (Join-Path $project 'guild.yml') "op: {main: op.ps1, flags: {rounds: 3}}`n"
    Set-Content (Join-Path $project 'op.ps1') 'param($rounds) 1..$rounds | ForEach-Object { "loss: $(1 / $_)"; Start-Sleep -Milliseconds 300 }'
    Push-Location $project
}

AfterAll {
    Pop-Location
    $env:GUILD_HOME = $savedHome
}

Describe 'Runs in the background' {
    It 'are started, left and waited for' {
        $started = Invoke-FreshPowerShell "Import-Module '$manifest'; Set-Location '$project'; (Start-GuildOperation op).Id"
        $run = Wait-GuildRun $started -Timeout 60
        $run.Id | Should -BeExactly $started
        $run.Status | Should -BeExactly 'completed'
        $run.Scalars.loss | Should -BeLessThan 0.34
    }

    It 'are taken as they end, sorted and turned to JSON' {
        $runs = 1..2 | ForEach-Object { Start-GuildOperation op -rounds $_ } | Wait-GuildRun | Sort-Object { $_.Flags.rounds }
        $runs.Status | Should -Be 'completed', 'completed'
        ($runs[1] | ConvertTo-Json -Depth 3 | ConvertFrom-Json).Flags.rounds | Should -Be 2
    }

    It 'show what they print while they run' {
        $lines = Start-GuildOperation op | Get-GuildRunOutput -Wait
        $lines | Should -HaveCount 3
        $lines[0].Time | Should -BeLessThan $lines[2].Time
    }

    It 'are started again in their own folders' {
        $first = Get-GuildRun 1
        $again = $first | Restart-GuildRun -Flag @{ rounds = 1 } -Detached | Wait-GuildRun
        $again.Path | Should -BeExactly $first.Path
        $again | Get-GuildRunOutput | Should -HaveCount 4
    }

    It 'are started again with the source code of today' {
        Set-Content (Join-Path $project 'extra.txt') 'more'
        $again = Get-GuildRun 1 | Restart-GuildRun -ForceSourceCode -KeepRun -Detached | Wait-GuildRun
        $again.Status | Should -BeExactly 'completed'
        ($again | Get-GuildRunFile -Kind SourceCode).Name | Should -Contain 'extra.txt'
        ($again | ConvertTo-Json -Depth 3 | ConvertFrom-Json).Id | Should -BeExactly $again.Id
    }

    It 'are supervised by pwsh where guild is missing' {
        $copy = Join-Path $TestDrive 'alone/Guild/0.1.0'
        Copy-Item (Split-Path $manifest) $copy -Recurse
        $started = Invoke-FreshPowerShell "Import-Module '$copy/Guild.psd1'; Set-Location '$project'; (Start-GuildOperation op -rounds 2).Id"
        $run = Wait-GuildRun $started -Timeout 120
        $run.Status | Should -BeExactly 'completed'
        $run | Get-GuildRunOutput | Should -HaveCount 2
    }
}
