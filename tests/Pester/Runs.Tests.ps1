BeforeDiscovery {
    $hasPython = [bool](Get-Command python3, python -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    Import-Module (Find-GuildModule) -Force
    $savedHome = $env:GUILD_HOME
    $env:GUILD_HOME = Join-Path $TestDrive 'home'
    $project = Copy-Example iris $TestDrive
    Push-Location $project
}

AfterAll {
    Pop-Location
    $env:GUILD_HOME = $savedHome
}

Describe 'Running the operations of a project' -Skip:(-not $hasPython) {
    BeforeAll {
        $prepared = Invoke-GuildOperation prepare 6>$null
        $trained = Invoke-GuildOperation train -epochs 3 -Flag @{ 'learning-rate' = 0.5 } -Label 'e=${epochs}' -Tag quick, test -Comment 'First try' -Quiet
        $evaluated = Invoke-GuildOperation evaluate -Quiet
    }

    It 'gives one run each' {
        $prepared | Should -BeOfType ([Guild.PowerShell.GuildRun])
        $prepared, $trained, $evaluated | ForEach-Object Status | Should -Be 'completed', 'completed', 'completed'
        $evaluated.Operation | Should -BeExactly 'iris:evaluate'
        $evaluated.Model | Should -BeExactly 'iris'
        $evaluated.Package | Should -BeNullOrEmpty
    }

    It 'gives the documented types' {
        $trained.Started | Should -BeOfType ([DateTimeOffset])
        $trained.Stopped | Should -BeOfType ([DateTimeOffset])
        $trained.Duration | Should -BeOfType ([TimeSpan])
        $trained.DurationSeconds | Should -Be $trained.Duration.TotalSeconds
        $trained.Id | Should -Match '^[0-9a-f]{32}$'
        $trained.ShortId | Should -Be $trained.Id.Substring(0, 8)
        $trained.ExitCode | Should -Be 0
        $trained.Path | Should -Exist
        $trained.ProjectPath | Should -Be $project
        $trained.Marked | Should -BeFalse
        $trained.Tags | Should -Be 'quick', 'test'
        $trained.Comments.Body | Should -Be 'First try'
        $trained.Label | Should -Be 'e=3'
    }

    It 'records flags that read as properties, in any case' {
        $trained.Flags.epochs | Should -Be 3
        $trained.Flags.EPOCHS | Should -Be 3
        $trained.Flags.'learning-rate' | Should -Be 0.5
        $trained.Flags['optimizer'] | Should -Be 'sgd'
    }

    It 'records scalars' {
        $trained.Scalars.loss | Should -BeOfType ([double])
        $trained.Scalars.accuracy | Should -BeGreaterThan 0
    }

    It 'takes files of earlier runs' {
        $evaluated.Flags['operation:iris:train'] | Should -Be $trained.Id
    }

    It 'lists runs newest first' {
        (Get-GuildRun).Operation | Should -Be 'iris:evaluate', 'iris:train', 'iris:prepare'
        (Get-GuildRun).Index | Should -Be 1, 2, 3
        Get-GuildRun | Select-Object -First 1 | ForEach-Object Operation | Should -Be 'iris:evaluate'
        (Get-GuildRun -First 2).Count | Should -Be 2
        Get-GuildRun $trained.ShortId | ForEach-Object Id | Should -Be $trained.Id
    }

    It 'lists what is asked for' {
        (Get-GuildRun -Operation train -Status Completed -Tag qu* -Label e=*).Id | Should -Be $trained.Id
        Get-GuildRun -Status Error | Should -BeNullOrEmpty
        (Get-GuildRun -Project .).Count | Should -Be 3
        (Get-GuildOperation train | Get-GuildRun).Id | Should -Be $trained.Id
    }

    It 'works with the commands of PowerShell' {
        (Get-GuildRun | Sort-Object Started)[0].Operation | Should -Be 'iris:prepare'
        (Get-GuildRun | Where-Object { $_.Flags.epochs -eq 3 }).Id | Should -Be $trained.Id
        (Get-GuildRun | Group-Object Model).Count | Should -Be 3
        (Get-GuildRun | Select-Object Operation, @{ n = 'loss'; e = { $_.Scalars.loss } } | Where-Object Operation -eq iris:train).loss | Should -Be $trained.Scalars.loss
        (Get-GuildRun | Measure-Object DurationSeconds -Sum).Sum | Should -BeGreaterThan 0
    }

    It 'is exported to CSV' {
        $rows = Get-GuildRun | ConvertTo-Csv | ConvertFrom-Csv
        $rows.Id | Should -Be (Get-GuildRun).Id
        ($rows | Get-GuildRun).Id | Should -Be (Get-GuildRun).Id
    }

    It 'reads the output' {
        $lines = Get-GuildRunOutput $prepared
        $lines[0].Text | Should -Be 'rows: 150'
        $lines[0].Stream | Should -Be 'Output'
        $lines[0].Time | Should -BeOfType ([DateTimeOffset])
        "$($lines[0])" | Should -Be 'rows: 150'
        (Get-GuildRun 3 | Get-GuildRunOutput -Tail 1).Text | Should -Be 'test_rows: 30'
    }

    It 'turns <_> into flat JSON without warnings' -ForEach 'Get-GuildRun', 'Get-GuildOperation', 'Get-GuildModel', 'Get-GuildResource', 'Get-GuildPlan train', 'Get-GuildHelp train', 'Get-GuildRunOutput 2' {
        $said = $null
        $json = Invoke-Expression $_ | Select-Object -First 1 | ConvertTo-Json -Depth 5 -WarningVariable said -WarningAction SilentlyContinue
        $said | Should -BeNullOrEmpty
        { $json | ConvertFrom-Json } | Should -Not -Throw
    }

    It 'shows <_> as a table and as a list' -ForEach 'Get-GuildRun', 'Get-GuildOperation', 'Get-GuildModel', 'Get-GuildResource', 'Get-GuildPlan train', 'Get-GuildHelp train', 'Get-GuildRunOutput 2', '(Get-GuildOperation train).Flags', '(Get-GuildOperation train).Flags.Choices', '(Get-GuildPlan train).Resources', '(Get-GuildResource).Sources', '(Get-GuildRun).Comments' {
        Invoke-Expression $_ | Out-String | Should -Not -BeNullOrEmpty
        Invoke-Expression $_ | Format-Table * | Out-String | Should -Not -BeNullOrEmpty
        Invoke-Expression $_ | Format-List | Out-String | Should -Not -BeNullOrEmpty
        Invoke-Expression $_ | Format-List * | Out-String | Should -Not -BeNullOrEmpty
    }

    It 'shows runs by id, operation, time, status and label' {
        $table = Get-GuildRun | Out-String -Width 160
        $table | Should -Match 'Id\s+Operation\s+Started\s+Status\s+Label'
        $table | Should -Match "$($trained.ShortId)\s+iris:train\s+\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s+.*completed.*e=3"
    }

    It 'changes label, tags, mark and comments' {
        Set-GuildRun $trained.Id -Label best -AddTag keep -RemoveTag quick -Marked -Comment again | Should -BeNullOrEmpty
        $run = Get-GuildRun $trained.Id
        $run.Label, $run.Marked | Should -Be 'best', $true
        $run.Tags | Should -Be 'test', 'keep'
        $run.Comments.Body | Should -Be 'First try', 'again'
    }

    It 'stages a run and starts it' {
        $staged = Invoke-GuildOperation train -epochs 1 -Stage -Quiet
        $staged.Status | Should -Be 'staged'
        ($staged | Start-GuildRun -Quiet).Status | Should -Be 'completed'
    }

    It 'shows what it would do' {
        $count = @(Get-GuildRun).Count
        Invoke-GuildOperation train -WhatIf | Should -BeNullOrEmpty
        Remove-GuildRun 1 -WhatIf
        Set-GuildRun 1 -Label nope -WhatIf
        @(Get-GuildRun).Count | Should -Be $count
        (Get-GuildRun 1).Label | Should -Not -Be 'nope'
        $plan = Get-GuildPlan train -epochs 9
        $plan.Flags.epochs | Should -Be 9
        $plan.Command | Should -Contain '--epochs'
    }

    It 'removes runs to the trash, and for good' {
        $run = Invoke-GuildOperation prepare -Quiet
        $run | Remove-GuildRun
        (Get-GuildRun -Deleted).Id | Should -Be $run.Id
        $other = Invoke-GuildOperation prepare -Quiet
        $other | Remove-GuildRun -Permanent -Confirm:$false
        (Get-GuildRun -Deleted).Id | Should -Be $run.Id
        Get-GuildRun $other.Id -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'is completed at the prompt' {
        Get-Completion 'Invoke-GuildOperation iris:t' | Should -Be 'iris:train'
        Get-Completion 'Invoke-GuildOperation train -epo' | Should -Be '-epochs'
        Get-Completion 'Get-GuildRun ' | Should -Contain $trained.ShortId
        Get-Completion 'Get-GuildRun -Tag k' | Should -Be 'keep'
        Get-Completion 'Get-GuildRun -Status comp' | Should -Be 'Completed'
    }

    It 'runs at once from several runspaces and jobs in one home' {
        $before = @(Get-GuildRun).Count
        $manifest = Find-GuildModule
        $ids = 1..3 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            Set-Location $using:project
            (Invoke-GuildOperation train -epochs $_ -Quiet).Id
        }
        $job = Start-Job { Import-Module $using:manifest; Set-Location $using:project; (Invoke-GuildOperation prepare -Quiet).Id }
        $ids += $job | Receive-Job -Wait -AutoRemoveJob
        ($ids | Sort-Object -Unique).Count | Should -Be 4
        @(Get-GuildRun).Count | Should -Be ($before + 4)
        (Get-GuildRun $ids).Status | Sort-Object -Unique | Should -Be 'completed'
    }
}

Describe 'What is asked of piped runs' -Skip:(-not $hasPython) {
    BeforeAll {
        $piped = Invoke-GuildOperation train -epochs 2 -Quiet
    }

    It 'is the word that stands behind them' {
        $piped | Get-GuildScalar loss | ForEach-Object Name | Sort-Object -Unique | Should -Be 'loss'
        (Get-GuildRun 1 | Get-GuildScalar loss, acc* -Summary | Sort-Object Name).Name | Should -Be 'accuracy', 'loss'
        (Get-GuildRun 1 | Get-GuildRunFile *.json).Name | Should -Be 'model.json'
        Get-GuildRun 1 | Show-GuildScalar loss | Select-Object -First 1 | Should -Be 'loss, by step'
    }

    It 'is the same for ids and for rows of a table' {
        $expected = (Get-GuildScalar 1 loss).Value
        (1 | Get-GuildScalar loss).Value | Should -Be $expected
        ($piped.Id | Get-GuildScalar loss).Value | Should -Be $expected
        ($piped | Select-Object Id, Status | ConvertTo-Csv | ConvertFrom-Csv | Get-GuildScalar loss).Value | Should -Be $expected
    }

    It 'completes' {
        $line = '$piped | Get-GuildScalar lo'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'loss'
    }

    It 'is staged again and started' {
        (Restart-GuildRun $piped -Stage -Flag @{ epochs = 3 }).Status | Should -Be 'staged'
        (Start-GuildRun $piped -Quiet).Flags.epochs | Should -Be 3
    }
}

Describe 'Finding runs' -Skip:(-not $hasPython) {
    BeforeAll {
        $home1 = $env:GUILD_HOME
        $env:GUILD_HOME = Join-Path $TestDrive 'finding'
        $null = Invoke-GuildOperation prepare -Quiet
        foreach ($epochs in 1, 2, 40) {
            $null = Invoke-GuildOperation train -epochs $epochs -Tag "e$epochs" -Quiet
        }
    }

    AfterAll {
        $env:GUILD_HOME = $home1
    }

    It 'finds them by a flag and a scalar' {
        $best = (Get-GuildRun -Operation train | ForEach-Object { $_.Scalars.loss } | Measure-Object -Minimum).Minimum
        $found = Get-GuildRun -Filter "op = train and epochs > 1 and loss <= $($best.ToString('r', [cultureinfo]::InvariantCulture))"
        $found.Flags.epochs | Should -Be 40
    }

    It 'sorts and counts what a filter found' {
        Get-GuildRun -Filter 'op = train' | Sort-Object { $_.Flags.epochs } | ForEach-Object { $_.Flags.epochs } | Should -Be 1, 2, 40
        (Get-GuildRun -Filter 'epochs in [1, 2]' | Measure-Object).Count | Should -Be 2
    }

    It 'ends at the first' {
        (Get-GuildRun -Filter 'loss is not undefined' | Select-Object -First 1).Flags.epochs | Should -Be 40
    }

    It 'finds them by time' {
        (Get-GuildRun -Since '10 minutes ago').Count | Should -Be 4
        (Get-GuildRun -StartedAfter (Get-Date).AddMinutes(-10)).Count | Should -Be 4
        Get-GuildRun -Started 'before yesterday' | Should -BeNullOrEmpty
    }

    It 'finds and removes them in one pipeline' {
        Get-GuildRun -Filter 'epochs = 1' | Remove-GuildRun
        Get-GuildRun -Tag e1 | Should -BeNullOrEmpty
        (Get-GuildRun -Deleted -Filter 'epochs = 1').Tags | Should -Be 'e1'
    }

    It 'tells where a filter is wrong' {
        { Get-GuildRun -Filter 'epochs == 1' -ErrorAction Stop } | Should -Throw -ErrorId 'FilterInvalid*' -ExpectedMessage '*column 9*'
    }

    It 'finds them with the words of guild' {
        guild runs -s -F 'op = train and epochs > 1' --started today | Should -HaveCount 2
    }
}
