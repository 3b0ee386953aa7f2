using System.Runtime.Versioning;
using Guild.Engine.Execution;

namespace Guild.Engine.Tests.Execution;

[UnsupportedOSPlatform("windows")]
public sealed class PosixTreeTests : ProgramTests
{
    [UnixFact]
    public async Task A_tree_holds_the_program_and_its_descendants_and_not_us()
    {
        using var program = SpawnedProgram.Start(Shell("sh -c 'sleep 60 & echo $! > pid; wait'; true"));
        var grandchild = await ProcessIdIn("pid");

        var members = new PosixTree(program.ProcessId, program.StartTime, runId: null).Members().Select(entry => entry.ProcessId).ToList();

        Assert.Equal(3, members.Count);
        Assert.Contains(program.ProcessId, members);
        Assert.Contains(grandchild, members);
        program.Kill();
        await Eventually(() => program.Tree.IsEmpty());
    }

    [UnixFact]
    public async Task A_later_process_of_the_same_number_is_not_the_program()
    {
        using var stranger = SpawnedProgram.Start(Shell("echo $$ > pid; exec sleep 60"));
        await ProcessIdIn("pid");
        var tree = new PosixTree(stranger.ProcessId, stranger.StartTime - 1, runId: null);

        tree.Signal(StopStep.Kill);

        Assert.True(tree.IsEmpty());
        Assert.True(IsRunning(stranger.ProcessId));
        stranger.Kill();
        await stranger.Exit.WaitAsync(Limit);
    }

    [UnixFact]
    public async Task A_name_with_parentheses_and_spaces_does_not_hide_a_process()
    {
        var odd = Path.Combine(Folder, "a) S 1 (b");
        File.Copy("/bin/sleep", odd);
        using var program = SpawnedProgram.Start(Start(odd, "60"));

        var entry = ProcessTable.Read(program.ProcessId)!.Value;

        Assert.Equal((Environment.ProcessId, program.ProcessId), (entry.Parent, entry.Session));
        program.Kill();
        Assert.Equal(-9, (await program.Exit.WaitAsync(Limit)).Status);
    }
}
