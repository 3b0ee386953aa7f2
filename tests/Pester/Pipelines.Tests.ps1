BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    Import-Module (Find-GuildModule) -Force
    $savedHome = $env:GUILD_HOME
    $env:GUILD_HOME = Join-Path $TestDrive 'home'
    $project = New-Item -ItemType Directory (Join-Path $TestDrive 'project')
    Set-Content (Join-Path $project 'guild.yml') @'
one: {exec: "sh -c 'echo one > one.txt'", flags: {x: 1}}
two: {exec: cat one.txt, requires: {operation: one, select: one.txt}}
all: {flags: {x: 1}, steps: ['one x=${x}', two]}
shaky: {exec: sh shaky.sh}
mended: {steps: [shaky, one]}
round: {steps: [trip]}
trip: {steps: [round]}
'@
    Push-Location $project
}

AfterAll {
    Pop-Location
    $env:GUILD_HOME = $savedHome
}

Describe 'Pipelines' -Skip:$IsWindows {
    It 'shows what is planned as a table' {
        $text = (Get-GuildPlan all).Steps | Format-Table | Out-String
        $text | Should -Match 'one\s+one\s+True\s+new'
    }

    It 'runs the steps, whose runs are found by the pipeline' {
        $run = Invoke-GuildOperation all -Quiet
        $run.Steps.Values | Get-GuildRun | Sort-Object Operation | ForEach-Object Operation | Should -Be 'one', 'two'
        ($run | ConvertTo-Json -Depth 3 | ConvertFrom-Json).Steps.two | Should -Be $run.Steps.two
    }

    It 'runs nothing that is not needed' {
        (Get-GuildPlan all).Steps.Reason | Should -Be 'up to date', 'up to date'
        $first = Get-GuildRun -Operation all -First 1
        (Invoke-GuildOperation all -Needed -Quiet).Steps.two | Should -Be $first.Steps.two
        (Get-GuildPlan all -Flag @{ x = 2 }).Steps | Where-Object Needed | ForEach-Object Reason | Should -Be 'flag changed', 'upstream changed'
    }

    It 'runs a pipeline in the background' {
        $run = Start-GuildOperation all -Flag @{ x = 3 } | Wait-GuildRun
        $run.Status | Should -Be 'completed'
        $run.Steps.Count | Should -Be 2
    }

    It 'goes on after a failure with -KeepGoing, and with the mended program after Restart-GuildRun' {
        Set-Content shaky.sh 'exit 3'
        $run = Invoke-GuildOperation mended -KeepGoing -Quiet -ErrorAction SilentlyContinue
        $run.ExitCode | Should -Be 3
        (Get-GuildRun $run.Steps.one).Status | Should -Be 'completed'
        Set-Content shaky.sh 'exit 0'
        $again = Restart-GuildRun $run -Quiet
        $again.Id | Should -Be $run.Id
        $again.Status | Should -Be 'completed'
        $again.Steps.one | Should -Be $run.Steps.one
    }

    It 'shows a circle as its path' {
        { Get-GuildPlan round } | Should -Throw '*round → trip → round*' -ErrorId 'RequestInvalid,*'
    }
}
