BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    Import-Module (Find-GuildModule) -Force
    $savedHome = $env:GUILD_HOME
    $env:GUILD_HOME = Join-Path $TestDrive 'home'
    $project = New-Item -ItemType Directory (Join-Path $TestDrive 'project')
    Push-Location $project
    Set-Content guild.yml @'
- model: m
  operations:
    read:
      main: read.ps1
      requires: [{file: data.txt, name: data}, {file: more.txt, name: more}]
    login:
      main: login.ps1
      flags:
        api-key: {secret: yes}
        database: null
'@
    Set-Content read.ps1 'Get-Content data.txt, more.txt'
    Set-Content login.ps1 @'
param([securestring] $ApiKey, [pscredential] $Database)
"key of $($ApiKey.Length) characters"
if ($Database) { "database as $($Database.UserName.Length) with $($Database.Password.Length) characters" }
'@
    Set-Content data.txt 'one'
    Set-Content more.txt 'two'
}

AfterAll {
    Pop-Location
    $env:GUILD_HOME = $savedHome
}

Describe 'Inputs of runs' {
    BeforeAll {
        $first = Invoke-GuildOperation read -Quiet
        Set-Content data.txt 'changed'
        $second = Invoke-GuildOperation read -Quiet
    }

    It 'tells the runs apart whose inputs have changed since' {
        $first.Status, $second.Status | Should -Be 'completed', 'completed'
        Get-GuildRun -Operation read | Sort-Object Started | Test-GuildRun -ErrorAction SilentlyContinue | Should -Be $false, $true
    }

    It 'gives findings that sort, group and become JSON' {
        Set-Content more.txt '2wo'
        $found = Get-GuildRun -Operation read | Test-GuildRun -PassThru
        ($found | Sort-Object Path, Change | ForEach-Object { "$_" }) | Should -Be 'data.txt: size', 'more.txt: content', 'more.txt: content'
        ($found | Group-Object RunId | ForEach-Object Count | Sort-Object) | Should -Be 1, 2
        $json = $found | Where-Object Path -EQ 'data.txt' | ConvertTo-Json | ConvertFrom-Json
        $json.RunId | Should -Be $first.Id
        $json.RecordedSha256 | Should -Not -Be $json.PresentSha256
        $json.RecordedSha256.Length | Should -Be 64
        ($found | Format-Table | Out-String) | Should -Match "(?m)^$($first.ShortId) +size +data\.txt"
        ($found | Format-List | Out-String) | Should -Match 'PresentSha256 +: [0-9a-f]{64}'
    }

    It 'can be asked in a condition' {
        Set-Content data.txt 'one'
        Set-Content more.txt 'two'
        $(if (Test-GuildRun $first.Id) { 'as it was' } else { 'changed' }) | Should -Be 'as it was'
    }
}

Describe 'Secrets' {
    BeforeAll {
        $key = ConvertTo-SecureString 's3cr3t-xyzzy' -AsPlainText -Force
        $credential = [pscredential]::new('ada-lovelace', $key)
    }

    It 'reach a script as the types that it declares, and no file of the home' {
        $run = Invoke-GuildOperation login -api-key $key -database $credential -Quiet
        $run | Get-GuildRunOutput | ForEach-Object Text | Should -Be 'key of 12 characters', 'database as 12 with 12 characters'
        $run.SecretFlags | Should -Be 'api-key', 'database'
        Get-ChildItem $env:GUILD_HOME -Recurse -File -Force | Select-String -SimpleMatch 's3cr3t-xyzzy', 'ada-lovelace' | Should -BeNullOrEmpty
    }

    It 'are in no form of a run or plan' {
        $run = Invoke-GuildOperation login -api-key $key -Quiet
        $shown = @(
            $run | Format-List * | Out-String
            $run | ConvertTo-Json -Depth 5
            Get-GuildPlan login -api-key $key | Format-List * | Out-String
            Get-GuildPlan login -api-key $key | ConvertTo-Json -Depth 5
            guild runs info --env --json
            Remove-GuildRun $run.Id -Verbose 4>&1 | Out-String
        ) -join "`n"
        $shown | Should -Not -Match 's3cr3t'
        Get-ChildItem $env:GUILD_HOME -Recurse -File -Force | Select-String -SimpleMatch 's3cr3t-xyzzy' | Should -BeNullOrEmpty
    }

    It 'are given again when a staged run is started' {
        $run = Invoke-GuildOperation login -api-key $key -Stage
        { Start-GuildRun $run.Id -ErrorAction Stop } | Should -Throw -ErrorId 'FlagInvalid,*'
        (Get-GuildRun $run.Id).Status | Should -Be 'staged'
        $run | Start-GuildRun -Flag @{ 'api-key' = $key } -Quiet | Get-GuildRunOutput | ForEach-Object Text | Should -Be 'key of 12 characters'
    }
}
