namespace Guild.PowerShell.Tests.Commands;

/// <summary>What <c>steps</c>, <c>optimizers</c>, <c>objective</c> and files of trials are to scripts.</summary>
public sealed class StepAndOptimizerTests(SharedSession shared) : CommandTests(shared)
{
    private const string File = """
        - model: m
          operations:
            all:
              description: Prepares and trains
              flags: {lr: 0.1}
              steps:
                - prepare
                - run: train lr=${lr} --needed
                  name: fit
                  flags: {n: 3}
                  expect: [{output: done}, {file: '*.bin'}]
            prepare: {exec: dotnet PROGRAM print prepared}
            train:
              exec: dotnet PROGRAM print ${lr}
              flags: {lr: 0.1, n: 1}
              objective: {maximize: acc}
              optimizers:
                gp: {kappa: 1.5, default: yes}
                tuned: {algorithm: forest}
        """;

    [Fact]
    public void Operations_have_their_steps_optimizers_and_objective()
    {
        Project();

        Assert.Equal(
            ["prepare|prepare|False|", "fit|train|True|${lr}", "3", "the output has 'done'", "'*.bin' is there", "gp|gp|True|1.5", "tuned|forest|False|", "-acc", "0"],
            Texts("""
                $all, $train = Get-GuildOperation all, train
                $all.Steps | ForEach-Object { "$($_.Name)|$($_.Operation)|$($_.Needed)|$($_.Flags.lr)" }
                $all.Steps[1].Flags.n
                $all.Steps[1].Checks
                $train.Optimizers | ForEach-Object { "$_|$($_.Algorithm)|$($_.Default)|$($_.Flags.kappa)" }
                $train.Objective
                $train.Steps.Count
                """));
    }

    [Fact]
    public void Help_shows_them()
    {
        Project();

        var help = string.Join('\n', Texts("\"$(Get-GuildHelp all)\"; \"$(Get-GuildHelp train)\"; (Get-GuildHelp all).Steps.Name; (Get-GuildHelp train).Optimizers.Name"));

        Assert.Contains("Steps:\n  prepare\n  fit      train lr=${lr} --needed n=3", help, StringComparison.Ordinal);
        Assert.Contains("Optimizers:\n  gp     kappa=1.5 (default)\n  tuned  forest", help, StringComparison.Ordinal);
        Assert.Contains("Objective:\n  maximize acc", help, StringComparison.Ordinal);
        Assert.EndsWith("prepare\nfit\ngp\ntuned", help, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_one_trial_gives_its_flags()
    {
        Project();
        Write("one.csv", "lr,n\n0.5,2\n");

        Assert.Equal(["0.5 7"], Texts("$r = Invoke-GuildOperation train '@one.csv' n=7 -Quiet; \"$($r.Flags.lr) $($r.Flags.n)\""));
        Assert.Equal(["0.5"], Texts("guild run train '@one.csv' -y 6>$null; (Get-GuildRun 1).Flags.lr"));
    }

    [Fact]
    public void A_file_of_trials_that_is_not_there_is_an_error_that_names_it()
    {
        Project();

        var error = Error("Get-GuildPlan train '@none.csv'");

        Assert.Equal(("RequestInvalid", Path.Combine(Directory, "none.csv")), (IdOf(error), TargetOf(error)));
    }

    [Fact]
    public void A_plain_run_does_not_need_the_optimizers()
    {
        Project();

        var result = Run("(Invoke-GuildOperation train -Quiet).Status");

        Assert.Equal(["completed"], result.Text);
        Assert.Empty(result.Errors);
    }

    private void Project() => Write("guild.yml", File.Replace("PROGRAM", Hosting.BuiltFiles.TestProgram.Replace('\\', '/'), StringComparison.Ordinal));
}
