using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Operations;

public sealed class ResourceRecordTests
{
    [Fact]
    public void A_web_address_is_recorded_without_its_password()
    {
        var record = ResourceRecord.Of(
            new RequiredResource
            {
                Name = "data",
                Location = "/project",
                Definition = new ResourceDefinition
                {
                    Name = "data",
                    Sources = [new SourceDefinition { Kind = SourceKind.Url, Value = "https://ada:secret@example.org/a" }],
                },
            },
            new Dictionary<string, string>());

        var source = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(Assert.Single(Assert.IsAssignableFrom<IEnumerable<object?>>(record["sources"])));
        Assert.Equal("https://***@example.org/a", source["url"]);
    }
}
