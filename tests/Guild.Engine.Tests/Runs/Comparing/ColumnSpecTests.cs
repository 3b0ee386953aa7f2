using Guild.Engine.Runs.Comparing;

namespace Guild.Engine.Tests.Runs.Comparing;

public sealed class ColumnSpecTests
{
    [Theory]
    [InlineData("loss", ColumnKind.Scalar, "loss", null, false, null)]
    [InlineData("  min   val_loss ", ColumnKind.Scalar, "val_loss", ScalarQualifier.Minimum, false, null)]
    [InlineData("max acc step", ColumnKind.Scalar, "acc", ScalarQualifier.Maximum, true, null)]
    [InlineData("loss step as step", ColumnKind.Scalar, "loss", null, true, "step")]
    [InlineData("avg loss as 'mean loss'", ColumnKind.Scalar, "loss", ScalarQualifier.Average, false, "mean loss")]
    [InlineData("first logs/train#loss", ColumnKind.Scalar, "logs/train#loss", ScalarQualifier.First, false, null)]
    [InlineData("total \"two words\"", ColumnKind.Scalar, "two words", ScalarQualifier.Total, false, null)]
    [InlineData("count loss", ColumnKind.Scalar, "loss", ScalarQualifier.Count, false, null)]
    [InlineData("last loss", ColumnKind.Scalar, "loss", ScalarQualifier.Last, false, null)]
    [InlineData("scalar:loss", ColumnKind.Scalar, "loss", null, false, null)]
    [InlineData("scalar:min loss", ColumnKind.Scalar, "loss", ScalarQualifier.Minimum, false, null)]
    [InlineData("=lr", ColumnKind.Flag, "lr", null, false, null)]
    [InlineData("= lr", ColumnKind.Flag, "lr", null, false, null)]
    [InlineData("=batch-size as batch", ColumnKind.Flag, "batch-size", null, false, "batch")]
    [InlineData("flag:lr", ColumnKind.Flag, "lr", null, false, null)]
    [InlineData(".label", ColumnKind.Attribute, "label", null, false, null)]
    [InlineData("attr:label as Name", ColumnKind.Attribute, "label", null, false, "Name")]
    [InlineData("min", ColumnKind.Scalar, "min", null, false, null)]
    [InlineData("max min", ColumnKind.Scalar, "min", ScalarQualifier.Maximum, false, null)]
    [InlineData("'min' step", ColumnKind.Scalar, "min", null, true, null)]
    [InlineData("'it\\'s'", ColumnKind.Scalar, "it's", null, false, null)]
    [InlineData("loss as step", ColumnKind.Scalar, "loss", null, false, "step")]
    public void A_column_is_read(string text, ColumnKind kind, string key, ScalarQualifier? qualifier, bool isStep, string? namedAs)
    {
        Assert.Equal(new ColumnSpec { Kind = kind, Key = key, Qualifier = qualifier, IsStep = isStep, NamedAs = namedAs }, Assert.Single(ColumnSpec.Parse(text)));
    }

    [Fact]
    public void Columns_are_separated_by_commas()
    {
        Assert.Equal(["lr", "loss", "'a,b'", "status"], ColumnSpec.Parse("=lr, min loss as loss,\"'a,b'\", .status").Select(column => column.Heading));
    }

    [Theory]
    [InlineData("", 1, "a column is missing")]
    [InlineData("loss,,acc", 6, "a column is missing")]
    [InlineData("loss,", 6, "a column is missing")]
    [InlineData("=lr, =", 6, "a name is missing behind '='")]
    [InlineData("loss acc", 6, "'acc' is not expected here")]
    [InlineData("=lr step", 5, "'step' is not expected here")]
    [InlineData("loss as", 6, "a heading is missing behind 'as'")]
    [InlineData("loss as mean loss", 14, "a heading of several words must be quoted")]
    [InlineData("loss, 'acc", 7, "the quotation mark ' has no end")]
    [InlineData("count loss step", 1, "'count' has no step")]
    public void What_cannot_be_understood_is_told_with_its_place(string text, int position, string problem)
    {
        var error = Assert.Throws<ColumnException>(() => ColumnSpec.Parse(text));
        Assert.Equal(position, error.Position);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains($"position {position}", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.RecommendedAction);
    }

    [Theory]
    [InlineData("loss", "loss", "loss", "scalar:loss")]
    [InlineData("min loss", "loss", "min loss", "scalar:min loss")]
    [InlineData("min loss step", "loss step", "min loss step", "scalar:min loss step")]
    [InlineData("logs#loss", "logs loss", "logs loss", "scalar:logs loss")]
    [InlineData("=lr", "lr", "lr", "flag:lr")]
    [InlineData(".lr as x", "x", "x", "attr:x")]
    public void A_column_has_headings(string text, string shortHeading, string heading, string longHeading)
    {
        var column = ColumnSpec.Parse(text)[0];
        Assert.Equal((shortHeading, heading, longHeading), (column.ShortHeading, column.Heading, column.LongHeading));
    }
}
