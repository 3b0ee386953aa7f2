using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Scalars;
using Guild.Engine.Tests.EndToEnd;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Metrics;

/// <summary>Runs whose programs end when a file <c>go</c> is in their folder: it is made when their scalars are as a test wants them.</summary>
[UnsupportedOSPlatform("windows")]
internal static class MeasuredRun
{
    public static Task<Run> Until(TempProject project, Func<IReadOnlyDictionary<string, ScalarSummary>, bool> isSeen) =>
        Until(project, () => project.Run("op"), isSeen);

    public static async Task<Run> Until(TempProject project, Func<Run> run, Func<IReadOnlyDictionary<string, ScalarSummary>, bool> isSeen)
    {
        string? path = null;
        project.Events.Hook = reported => path = (reported as RunStagedEvent)?.Path ?? path;
        var running = Task.Run(run);
        try
        {
            await Eventually.Is(() => running.IsCompleted || (path is not null && isSeen(RunScalars.Summarize(path))));
            Assert.False(running.IsCompleted, $"The run ended before it was seen: {(running.IsCompletedSuccessfully ? TempProject.Output(running.Result) : running.Exception)}");
        }
        finally
        {
            if (path is not null)
            {
                await File.WriteAllTextAsync(Path.Combine(path, "go"), "");
            }
        }

        return await running;
    }

    /// <summary>Waits for scalars of a run that another process sees through, and lets it end.</summary>
    public static async Task<Run> UntilEnd(TempProject project, RunDirectory directory, Func<IReadOnlyDictionary<string, ScalarSummary>, bool> isSeen)
    {
        await Eventually.Is(() => isSeen(RunScalars.Summarize(directory.Path)));
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "go"), "");
        await Eventually.Is(() => !File.Exists(directory.ProcessPath) && project.Store.TryRead(directory)!.Status == RunStatus.Completed);
        return project.Store.TryRead(directory)!;
    }

    /// <summary>Gives a project a PATH with what its shell needs, and without an <c>nvidia-smi</c> that this machine may have.</summary>
    public static void WithoutGpu(TempProject project)
    {
        Directory.CreateDirectory(project.PathOf("few"));
        foreach (var name in new[] { "sh", "sleep", "true" })
        {
            File.CreateSymbolicLink(project.PathOf($"few/{name}"), ProgramSearch.Find(name, project.ProjectPath, project.Environment)!);
        }

        project.Environment["PATH"] = project.PathOf("few");
    }

    /// <summary>What a fake <c>nvidia-smi</c> does, in the words of a shell; it is put in front of the PATH.</summary>
    public static void FakeGpu(TempProject project, string script)
    {
        project.Write("bin/nvidia-smi", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(project.PathOf("bin/nvidia-smi"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        project.Environment["PATH"] = $"{project.PathOf("bin")}:{project.Environment["PATH"]}";
    }
}
