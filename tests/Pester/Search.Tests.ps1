BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    $manifest = Find-GuildModule
    Import-Module $manifest -Force
    $savedHome = $env:GUILD_HOME
    $env:GUILD_HOME = Join-Path $TestDrive 'home'
    Push-Location (Copy-Example iris $TestDrive)
}

AfterAll {
    Pop-Location
    $env:GUILD_HOME = $savedHome
}

Describe 'A grid' {
    BeforeAll {
        $batch = Invoke-GuildOperation train -Flag @{ 'learning-rate' = 0.05, 0.1; epochs = 2, 3 } -Quiet
    }

    It 'is one run with its trials' {
        $batch | Should -HaveCount 1
        $batch.Operation | Should -BeExactly 'iris:train+'
        $batch.Status | Should -BeExactly 'completed'
        $batch.TrialIds | Should -HaveCount 4
        $batch.TrialStatus.completed | Should -Be 4
        $batch.Objective | Should -BeExactly 'maximize accuracy'
    }

    It 'is compared and sorted in the pipeline' {
        $rows = Get-GuildRun -Batch $batch | Compare-GuildRun | Sort-Object accuracy -Descending
        $rows | Should -HaveCount 4
        $rows[0].accuracy | Should -Be $batch.BestValue
        $rows[0].accuracy | Should -BeGreaterOrEqual $rows[-1].accuracy
    }

    It 'is compared by its trials, which are in their order' {
        ($batch | Compare-GuildRun | Sort-Object accuracy -Descending | Select-Object -First 1).accuracy | Should -Be $batch.BestValue
        $batch.TrialIds | Get-GuildRun | ForEach-Object TrialNumber | Should -Be 1, 2, 3, 4
    }

    It 'is written as JSON' {
        $json = $batch | ConvertTo-Json -Depth 2 | ConvertFrom-Json
        $json.IsBatch | Should -BeTrue
        $json.TrialIds | Should -HaveCount 4
        $json.TrialStatus.completed | Should -Be 4
    }

    It 'counts its trials in plain numbers, also as JSON' {
        $batch.TrialCount, $batch.CompletedTrialCount, $batch.RunningTrialCount, $batch.FailedTrialCount | Should -Be 4, 4, 0, 0
        ($batch | Select-Object TrialCount, FailedTrialCount | ConvertTo-Json | ConvertFrom-Json).TrialCount | Should -Be 4
        (Get-GuildRun -Batch $batch -First 1).TrialCount | Should -BeNullOrEmpty
    }

    It 'says which of its trials are needed, and why' {
        $trials = (Get-GuildPlan train -Flag @{ 'learning-rate' = 0.05, 0.7; epochs = 2 } -Needed).Trials
        $trials.Reason | Should -Be 'up to date', 'flag changed'
        $trials.Needed | Should -Be $false, $true
    }

    It 'goes on with another limit of trials at the same time' {
        (Restart-GuildRun $batch.Id -ThrottleLimit 2 -Quiet).CompletedTrialCount | Should -Be 4
        guild run --restart $batch.Id --throttle-limit 3 -y -q
        $LASTEXITCODE | Should -Be 0
        { Restart-GuildRun $batch.TrialIds[0] -ThrottleLimit 2 -Quiet -ErrorAction Stop } | Should -Throw -ErrorId 'RequestInvalid,*'
    }

    It 'is shown with its trials' {
        $text = $batch | Format-List | Out-String
        $text | Should -Match 'Trials\s+: completed = 4'
        $text | Should -Match 'BestTrialId\s+: [0-9a-f]{32}'
    }

    It 'is planned first, and its trials are chosen from' {
        $plan = Get-GuildPlan train -epochs 1, 2, 3
        $plan.Trials | Should -HaveCount 3
        ($plan.Trials | Format-Table | Out-String) | Should -Match 'epochs=3'
        $chosen = $plan.Trials | Where-Object { $_.Flags.epochs -gt 1 } | Invoke-GuildOperation train -Quiet
        (Get-GuildRun -Batch $chosen | ForEach-Object { $_.Flags.epochs } | Sort-Object) | Should -Be 2, 3
    }
}

Describe 'Rows' {
    It 'of a file are one batch' {
        "epochs,learning-rate`n1,0.5`n2,5e-2`n" | Set-Content trials.csv
        $batch = Import-Csv trials.csv | Invoke-GuildOperation train -Quiet
        $batch | Should -HaveCount 1
        (Get-GuildRun -Batch $batch | ForEach-Object { $_.Flags['learning-rate'] } | Sort-Object) | Should -Be 0.05, 0.5
    }

    It 'with a column that is no flag are an error with the row, and nothing is run' {
        $before = @(Get-GuildRun).Count
        { [pscustomobject]@{ epochs = 1 }, [pscustomobject]@{ epoch = 1 } | Invoke-GuildOperation train -Quiet -ErrorAction Stop } |
            Should -Throw -ErrorId 'FlagInvalid,*'
        $Error[0].TargetObject.epoch | Should -Be 1
        @(Get-GuildRun).Count | Should -Be $before
    }
}

Describe 'A range' {
    It 'is searched at random, the same way with the same seed' {
        $space = New-GuildSpace 0.01 1 -Distribution LogUniform
        "$space" | Should -BeExactly 'loguniform[0.01:1]'
        $flags = @{ 'learning-rate' = $space; epochs = 1 }
        $first, $second = 1..2 | ForEach-Object { (Get-GuildPlan train -Flag $flags -MaxTrials 3 -RandomSeed 5).Trials | ForEach-Object ToString | Join-String -Separator ';' }
        $first | Should -BeExactly $second
        $batch = Invoke-GuildOperation train -Flag $flags -MaxTrials 3 -RandomSeed 5 -Quiet
        ($batch.TrialStatus.Values | Measure-Object -Sum).Sum | Should -Be 3
        (Get-GuildRun $batch.BestTrialId).Scalars.accuracy | Should -Be $batch.BestValue
    }
}

Describe 'A search that learns' {
    It 'finds flags that do better than the defaults' {
        $default = Invoke-GuildOperation train -Quiet
        $batch = Invoke-GuildOperation train -Flag @{
            'learning-rate' = '[0.01:1]'; 'batch-size' = 4, 8, 16; optimizer = 'sgd', 'momentum'; epochs = 50
        } -Optimizer tpe -MaxTrials 20 -RandomSeed 1 -ThrottleLimit 1 -Quiet
        $batch.TrialStatus.completed | Should -Be 20
        $batch.BestValue | Should -BeGreaterThan $default.Scalars.accuracy
        (Get-GuildRun $batch.BestTrialId).Flags['optimizer'] | Should -Be 'momentum'
    }
}

Describe 'A search with a seed' {
    It 'is made again with the same trials, also by what learns' -ForEach 'gp', 'tpe' {
        $optimizer = $_
        $first, $second = 1..2 | ForEach-Object {
            $search = Invoke-GuildOperation train -Flag @{ 'learning-rate' = '[0.01:1]'; epochs = 1 } -Optimizer $optimizer -MaxTrials 5 -RandomSeed 3 -ThrottleLimit 1 -Quiet
            $search.TrialIds | Get-GuildRun | ForEach-Object { $_.Flags['learning-rate'] } | Join-String -Separator ' '
        }
        $first | Should -BeExactly $second
    }
}

Describe 'The words' {
    It 'print trials' {
        $lines = guild run train epochs=[1,2] --print-trials
        $lines[0] | Should -Match '^#\s+batch-size\s+epochs'
        $lines | Should -HaveCount 3
    }

    It 'run a list, and keep no batch' {
        $before = @(Get-GuildRun).Count
        guild run train epochs=[1,2] -y -q
        $LASTEXITCODE | Should -Be 0
        @(Get-GuildRun).Count | Should -Be ($before + 2)
    }
}

Describe 'Tab' {
    It 'offers optimizers' {
        Get-Completion 'Invoke-GuildOperation train -Optimizer ' | Should -Contain 'random'
        Get-Completion 'guild run train -o ' | Should -Contain 'random'
    }
}
