using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles;

public sealed class OptimizerBinderTests
{
    [Theory]
    [InlineData("optimizer: gp")]
    [InlineData("optimizer: {algorithm: gp}")]
    [InlineData("optimizers: [gp]")]
    [InlineData("optimizers: {gp: }")]
    [InlineData("optimizers: {gp: {}}")]
    [InlineData("optimizers: {gp: gp}")]
    public void The_only_optimizer_is_the_default_whichever_way_it_is_written(string attributes)
    {
        var operation = GuildFileText.Operation(attributes);

        var optimizer = Assert.Single(operation.Optimizers);
        Assert.Equal(("gp", "gp", true), (optimizer.Name, optimizer.Algorithm, optimizer.IsDefault));
        Assert.Empty(optimizer.Flags);
        Assert.Same(optimizer, operation.DefaultOptimizer);
    }

    [Fact]
    public void Optimizers_have_names_algorithms_and_flags_in_ordinal_order_of_their_names()
    {
        var operation = GuildFileText.Operation("optimizers: {tuned: {algorithm: skopt:gp, kappa: 1.2, default: yes, xi: 0.1}, plain: random}");

        Assert.Equal([("plain", "random", false), ("tuned", "skopt:gp", true)], operation.Optimizers.Select(o => (o.Name, o.Algorithm, o.IsDefault)));
        Assert.Equal(new Dictionary<string, object?> { ["kappa"] = 1.2, ["xi"] = 0.1 }, operation.Optimizers[1].Flags);
        Assert.Equal(new TextPosition(2, 16), operation.Optimizers[1].Position);
        Assert.Equal("tuned", operation.DefaultOptimizer!.Name);
    }

    [Fact]
    public void Of_several_optimizers_none_is_the_default_by_itself() => Assert.Null(GuildFileText.Operation("optimizers: [gp, random]").DefaultOptimizer);

    [Theory]
    [InlineData("objective: loss", "loss", false)]
    [InlineData("objective: -acc", "acc", true)]
    [InlineData("objective: {minimize: 'max val/loss'}", "max val/loss", false)]
    [InlineData("objective: {maximize: acc}", "acc", true)]
    public void An_objective_is_a_column_that_is_minimized_or_maximized(string attributes, string column, bool isMaximized) =>
        Assert.Equal(new ObjectiveDefinition(column, isMaximized), GuildFileText.Operation(attributes).Objective);

    [Fact]
    public void What_an_operation_says_as_an_optimizer_of_others_is_bound()
    {
        var operation = GuildFileText.Operation("default-max-trials: 10\ncan-stage-trials: yes");

        Assert.Equal((10L, true), (operation.DefaultMaxTrials, operation.CanStageTrials));
    }

    [Theory]
    [InlineData("optimizer: gp\noptimizers: [gp]", "InvalidOptimizer", 2, 3)]
    [InlineData("optimizer: {kappa: 1}", "InvalidOptimizer", 2, 14)]
    [InlineData("optimizer: 5", "WrongType", 2, 14)]
    [InlineData("optimizers: gp", "WrongType", 2, 15)]
    [InlineData("optimizers: {gp: 5}", "WrongType", 2, 20)]
    [InlineData("optimizers: {gp: {default: 5}}", "WrongType", 2, 30)]
    [InlineData("objective: 5", "WrongType", 2, 14)]
    [InlineData("objective: {minimize: a, maximize: b}", "WrongType", 2, 14)]
    [InlineData("default-max-trials: many", "WrongType", 2, 23)]
    [InlineData("default-max-trials: 0", "WrongType", 2, 23)]
    [InlineData("can-stage-trials: 5", "WrongType", 2, 21)]
    public void What_cannot_be_an_optimizer_is_an_error_where_it_stands(string attributes, string id, int line, int column)
    {
        var finding = GuildFileText.Only(GuildFileText.OperationText(attributes));

        Assert.Equal((DiagnosticSeverity.Error, id, line, column), (finding.Severity, finding.Id, finding.Position.Line, finding.Position.Column));
    }

    [Fact]
    public void A_second_default_is_warned_of()
    {
        var finding = GuildFileText.Only("op: {optimizers: {a: {default: yes}, b: {default: yes}}}\n");

        Assert.Equal(("MultipleDefaults", DiagnosticSeverity.Warning), (finding.Id, finding.Severity));
    }
}
