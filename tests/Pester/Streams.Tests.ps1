BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    Import-Module (Find-GuildModule) -Force
    $savedHome = $env:GUILD_HOME
    $env:GUILD_HOME = Join-Path $TestDrive 'home'
    $project = Join-Path $TestDrive project
    New-Item -ItemType Directory $project | Out-Null
    Set-Content (Join-Path $project guild.yml) @'
- model: m
  operations:
    good:
      default: yes
      main: good.ps1
      flags:
        times: {type: int, default: 1, max: 5}
    bad:
      main: bad.ps1
'@
    Set-Content (Join-Path $project good.ps1) 'param($times); 1..$times | ForEach-Object { "line $_" }; [Console]::Error.WriteLine("oops")'
    Set-Content (Join-Path $project bad.ps1) '"before"; exit 3'
    Push-Location $project
}

AfterAll {
    Pop-Location
    $env:GUILD_HOME = $savedHome
}

Describe 'Streams of a run' {
    It 'assigns just the run' {
        $run = Invoke-GuildOperation good 6>$null
        @($run).Count | Should -Be 1
        $run.Status | Should -Be 'completed'
    }

    It 'gives the output on the information stream' {
        $all = Invoke-GuildOperation good -times 2 6>&1
        $said = $all | Where-Object { $_ -is [System.Management.Automation.InformationRecord] }
        $said | ForEach-Object { "$_" } | Should -Contain 'line 2'
        ($said | Where-Object { $_.Tags -contains 'GuildError' }).MessageData.Message | Should -Be 'oops'
        ($all | Where-Object { $_ -isnot [System.Management.Automation.InformationRecord] }).Count | Should -Be 1
    }

    It 'collects the output in a variable' {
        $null = Invoke-GuildOperation good -InformationVariable said 6>$null
        $said.MessageData.Message | Should -Contain 'line 1'
    }

    It 'shows nothing when asked to be quiet, and records all' {
        $all = Invoke-GuildOperation good -Quiet *>&1
        @($all).Count | Should -Be 1
        (Get-GuildRunOutput 1 -Stream Output).Text | Should -Be 'line 1'
        (Get-GuildRunOutput 1 -Stream Error).Text | Should -Be 'oops'
    }
}

Describe 'A failed operation' {
    It 'gives the run and one error' {
        $run = Invoke-GuildOperation bad -Quiet -ErrorVariable problems -ErrorAction SilentlyContinue
        $? | Should -BeFalse
        $run.Status | Should -Be 'error'
        $run.ExitCode | Should -Be 3
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'OperationFailed,Guild.PowerShell.Commands.InvokeGuildOperationCommand'
        $problems[0].TargetObject.Id | Should -Be $run.Id
    }

    It 'is caught with the run as its target' {
        $caught = try { Invoke-GuildOperation bad -Quiet -ErrorAction Stop } catch { $_ }
        ($caught | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).TargetObject.ExitCode | Should -Be 3
    }

    It 'ends a script that stops on errors' {
        $ErrorActionPreference = 'Stop'
        { Invoke-GuildOperation bad -Quiet } | Should -Throw -ErrorId 'OperationFailed*'
    }

    It 'goes on by default' {
        $ErrorActionPreference = 'Continue'
        $after = & { Invoke-GuildOperation bad -Quiet 2>$null | Out-Null; 'after' }
        $after | Should -Be 'after'
    }
}

Describe 'Bad input' {
    It '<command> is <id> about <target>' -ForEach @(
        @{ command = 'Invoke-GuildOperation nope'; id = 'OperationNotFound'; target = 'nope' }
        @{ command = 'Invoke-GuildOperation good -times 9'; id = 'FlagInvalid'; target = 'times' }
        @{ command = 'Invoke-GuildOperation good -time-s 2'; id = 'FlagInvalid'; target = 'time-s' }
        @{ command = 'Get-GuildRun zzz'; id = 'RunNotFound'; target = 'zzz' }
        @{ command = 'Get-GuildModel zzz'; id = 'ModelNotFound'; target = 'zzz' }
        @{ command = 'Set-GuildRun zzz -Label x'; id = 'RunNotFound'; target = 'zzz' }
    ) {
        $record = try { Invoke-Expression "$command -ErrorAction Stop" } catch { $_ }
        $record.FullyQualifiedErrorId | Should -BeLike "$id,*"
        $record.TargetObject | Should -Be $target
    }

    It 'in the middle of three stops neither of the others' {
        $null = Invoke-GuildOperation good -Quiet
        $runs = 'good', 'nope', 'good' | Invoke-GuildOperation -Quiet -ErrorVariable problems -ErrorAction SilentlyContinue
        $runs.Count | Should -Be 2
        $problems.Count | Should -Be 1
    }
}

Describe 'A script as an operation' {
    BeforeAll {
        $report = Copy-Example powershell-report $TestDrive
    }

    It 'runs with its flags as parameters' {
        $run = Invoke-GuildOperation -Path $report -top 2 -title 'My Sales' -Quiet
        $run.Status | Should -Be 'completed'
        Get-Content (Join-Path $run.Path report.md) -Raw | Should -Match 'My Sales'
    }

    It 'keeps switches and text as they are' {
        $run = Invoke-GuildOperation build -Path $report -share $false -title '123' -Quiet
        $run.Status | Should -Be 'completed'
        $run.Flags.share | Should -BeFalse
        $run.Flags.title | Should -BeOfType ([string])
    }
}
