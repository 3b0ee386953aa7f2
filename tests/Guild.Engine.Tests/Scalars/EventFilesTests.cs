using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using Guild.Engine.Scalars;
using Guild.Engine.Scalars.Protocol;
using Guild.Engine.Tests.Runs;

namespace Guild.Engine.Tests.Scalars;

public sealed class EventFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("guild-events-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_again()
    {
        using (var file = Build())
        {
            file.Add("loss", 0.1f, 1).Add("acc", float.NaN, -2).Add("loss", float.PositiveInfinity, long.MaxValue);
        }

        Assert.Equal(
            [
                new ScalarPoint("loss", 0.10000000149011612, 1, 1_700_000_000.25),
                new ScalarPoint("acc", double.NaN, -2, 1_700_000_000.25),
                new ScalarPoint("loss", double.PositiveInfinity, long.MaxValue, 1_700_000_000.25),
            ],
            EventFiles.Read(File1));
    }

    [Fact]
    public void A_file_begins_as_TensorBoard_expects()
    {
        using (var file = Build())
        {
            file.Add("loss", 1, 0);
        }

        var bytes = File.ReadAllBytes(File1);
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var first = Event.Parser.ParseFrom(bytes.AsSpan(EventRecord.HeaderSize, length));
        Assert.Equal("brain.Event:2", first.FileVersion);
    }

    [Fact]
    public void A_check_sum_is_the_one_that_Guild_AI_wrote()
    {
        // The header and data of the first record of one of Guild AI's files, with the sums that it has there.
        byte[] length = [0x18, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(0x224b7fa3u, EventRecord.CheckSum(length));
        Assert.Equal(0xe3069283u, Crc(Encoding.ASCII.GetBytes("123456789")));
    }

    [Fact]
    public void A_writer_without_scalars_leaves_no_file()
    {
        Build().Dispose();
        Assert.False(File.Exists(File1));
    }

    [Fact]
    public void Two_writers_of_one_second_have_files_of_their_own()
    {
        var clock = new StandingClock(DateTimeOffset.FromUnixTimeSeconds(99));
        using var first = EventFileWriter.InFolder(_folder, "host", 42, clock);
        using var second = EventFileWriter.InFolder(_folder, "host", 42, clock);
        first.Add("a", 1, 0, 0);
        second.Add("b", 2, 0, 0);
        Assert.Equal("events.out.tfevents.0000000099.host.42.0", Path.GetFileName(first.Path));
        Assert.Equal("events.out.tfevents.0000000099.host.42.1", Path.GetFileName(second.Path));
    }

    [Fact]
    public void What_is_flushed_is_seen_while_the_file_is_still_written()
    {
        using var file = new EventFileWriter(File1);
        file.Add("loss", 1, 0, 0);
        file.Flush();
        Assert.Single(EventFiles.Read(File1));
        file.Add("loss", 2, 1, 0);
        file.Flush();
        Assert.Equal(2, EventFiles.Read(File1).Count());
    }

    [Fact]
    public void A_last_record_that_is_cut_anywhere_is_left_out()
    {
        long whole;
        using (var file = new EventFileWriter(File1))
        {
            file.Add("loss", 1, 0, 0);
            file.Flush();
            whole = new FileInfo(File1).Length;
            file.Add("loss", 2, 1, 0);
        }

        var bytes = File.ReadAllBytes(File1);
        for (var length = whole; length < bytes.Length; length++)
        {
            File.WriteAllBytes(File1, bytes[..(int)length]);
            Assert.Single(EventFiles.Read(File1));
        }
    }

    [Fact]
    public void Reading_ends_at_a_record_that_is_damaged()
    {
        long whole;
        using (var file = new EventFileWriter(File1))
        {
            file.Add("loss", 1, 0, 0);
            file.Flush();
            whole = new FileInfo(File1).Length;
            file.Add("loss", 2, 1, 0);
            file.Add("loss", 3, 2, 0);
        }

        var bytes = File.ReadAllBytes(File1);
        foreach (var at in new[] { whole, whole + 8, whole + 20 })
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x55;
            File.WriteAllBytes(File1, damaged);
            Assert.Equal([1.0], EventFiles.Read(File1).Select(point => point.Value));
        }
    }

    [Fact]
    public void Scalars_that_are_tensors_are_read()
    {
        var content = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(content, 0.1);
        WriteTensors(
            new Tensor { Type = 1, FloatValue = { 0.5f } },
            new Tensor { Type = 2, DoubleValue = { 0.1 } },
            new Tensor { Type = 2, Content = ByteString.CopyFrom(content), Shape = new Shape { Dimension = { new Shape.Types.Dimension { Size = 1 } } } });
        Assert.Equal([0.5, 0.1, 0.1], EventFiles.Read(File1).Select(point => point.Value));
    }

    [Fact]
    public void Other_tensors_are_no_scalars()
    {
        WriteTensors(
            new Tensor { Type = 7 },
            new Tensor { Type = 1 },
            new Tensor { Type = 1, FloatValue = { 1, 2 } },
            new Tensor { Type = 1, FloatValue = { 1 }, Shape = new Shape { Dimension = { new Shape.Types.Dimension { Size = 3 } } } });
        Assert.Empty(EventFiles.Read(File1));
    }

    [Fact]
    public void Events_of_all_kinds_are_read_as_the_generated_classes_read_them()
    {
        var random = new Random(11);
        var events = Enumerable.Range(0, 400).Select(number => AnyEvent(random, number)).ToList();
        using (var file = File.Create(File1))
        {
            foreach (var written in events)
            {
                file.Write(EventRecord.Frame(written.ToByteArray()));
            }
        }

        var expected = events.SelectMany(written => (written.Summary?.Value ?? [])
            .Where(value => value.ValueCase == Summary.Types.Value.ValueOneofCase.SimpleValue || value.Tensor is { FloatValue.Count: 1 })
            .Select(value => new ScalarPoint(value.Tag, value.Tensor is { } tensor ? tensor.FloatValue[0] : value.SimpleValue, written.Step, written.WallTime)));
        Assert.Equal(expected, EventFiles.Read(File1));
    }

    [Fact]
    public void Texts_are_read_with_their_names()
    {
        WriteTensors(new Tensor { Type = 7, TextValue = { ByteString.CopyFromUtf8("Zo\u00eb") } }, new Tensor { Type = 1, FloatValue = { 1 } }, new Tensor { Type = 7 });
        Assert.Equal([KeyValuePair.Create("x", "Zo\u00eb")], EventFiles.ReadTexts(File1));
    }

    [Fact]
    public void A_file_that_is_something_else_holds_no_scalars()
    {
        File.WriteAllText(File1, "this is not an event file, but it is long enough to look like one");
        Assert.Empty(EventFiles.Read(File1));
        Assert.Empty(EventFiles.Read(File1 + ".missing"));
    }

    [Theory]
    [InlineData("events.out.tfevents.1795381940.vm.18370.0", true)]
    [InlineData("run.tfevents.1.v2", true)]
    [InlineData("events.out.tfevents.1795381940.vm.18370.0.attrs", false)]
    [InlineData("events.txt", false)]
    public void Event_files_are_known_by_their_names(string name, bool expected) => Assert.Equal(expected, EventFiles.IsEventFile(name));

    private string File1 => Path.Join(_folder, "events.out.tfevents.0000000001.h.1.0");

    private EventFileBuilder Build() => new(File1);

    private void WriteTensors(params Tensor[] tensors)
    {
        using var file = File.Create(File1);
        foreach (var tensor in tensors)
        {
            var summary = new Summary { Value = { new Summary.Types.Value { Tag = "x", Tensor = tensor } } };
            file.Write(EventRecord.Frame(new Event { Summary = summary }.ToByteArray()));
        }
    }

    // Some of them are larger than what is read at once.
    private static Event AnyEvent(Random random, int number)
    {
        var written = new Event { Step = random.Next(3) == 0 ? -random.Next(5) : random.NextInt64(), WallTime = random.NextDouble() };
        if (number % 50 == 0)
        {
            written.FileVersion = new string('v', 1 + random.Next(300_000));
            return written;
        }

        written.Summary = new Summary();
        for (var count = random.Next(4); count > 0; count--)
        {
            var tag = random.Next(10) == 0 ? $"unusual/{number}/\u00e9" : $"tag{random.Next(90)}";
            written.Summary.Value.Add(random.Next(5) switch
            {
                0 => new Summary.Types.Value { Tag = tag, Tensor = new Tensor { Type = 1, FloatValue = { random.NextSingle() } } },
                1 => new Summary.Types.Value { Tag = tag, Tensor = new Tensor { Type = 7 } },
                2 => new Summary.Types.Value { Tag = tag },
                _ => new Summary.Types.Value { Tag = tag, SimpleValue = random.Next(6) == 0 ? 0 : random.NextSingle() },
            });
        }

        return written;
    }

    private static uint Crc(byte[] data)
    {
        var masked = EventRecord.CheckSum(data) - 0xa282ead8;
        return System.Numerics.BitOperations.RotateLeft(masked, 15);
    }
}
