#!/usr/bin/env pwsh
<#
.SYNOPSIS
Builds, tests, documents or packages Guild for PowerShell.
.DESCRIPTION
A short way to what dotnet does as well: nothing here is needed by dotnet build or dotnet test.
Package makes out/Guild.<version>.zip, which holds the module for all platforms.
.EXAMPLE
./build.ps1 Test
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Docs', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

function Invoke-Task([string] $Name) {
    switch ($Name) {
        'Build' { dotnet build "$PSScriptRoot/Guild.sln" -c $Configuration --nologo }
        'Test' { dotnet test "$PSScriptRoot/Guild.sln" -c $Configuration --nologo }
        # The help files are part of the module: staging it builds them from docs/.
        'Docs' { dotnet build "$PSScriptRoot/src/Guild.PowerShell" -c $Configuration --nologo }
        'Package' {
            # Without native code: it would bind the package to the platform that builds.
            dotnet build "$PSScriptRoot/src/Guild.PowerShell" -c Release --nologo -p:CompilesReadyToRun=false
            $module = Get-Item "$PSScriptRoot/out/Guild/*"
            Test-ModuleManifest "$module/Guild.psd1" | Out-Null
            $package = "$PSScriptRoot/out/Guild.$($module.Name).zip"
            Compress-Archive -Path "$PSScriptRoot/out/Guild" -DestinationPath $package -Force
            Get-Item $package
        }
    }
}

$Task | ForEach-Object { Invoke-Task $_ }
