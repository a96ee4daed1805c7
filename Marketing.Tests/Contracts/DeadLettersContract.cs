using Marketing.Domain;
using Marketing.Domain.Ports;
using static Marketing.Tests.Contracts.Sample;

namespace Marketing.Tests.Contracts;

/// <summary>The contract of every <see cref="IDeadLetters"/>.</summary>
public abstract class DeadLettersContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<ILogStores> OpenAsync();

    [Fact]
    public async Task A_letter_is_read_back_as_it_was_kept()
    {
        await using var stores = await OpenAsync();
        var full = new DeadLetter("l-1", "kafka", "too long", Noon, new EventId("e"), new UserId("ü"), "raw\0 🙂 " + new string('x', 50_000));
        var bare = new DeadLetter("l-2", "projection:graph", "", Noon.AddSeconds(1), null, null, null);
        await stores.DeadLetters.AddAsync([full, bare], Cancel);
        await stores.ReopenAsync();
        Assert.Equal(full, await stores.DeadLetters.FindAsync("l-1", Cancel));
        Assert.Equal([bare, full], (await stores.DeadLetters.ListAsync(null, 10, Cancel)).Items);
        Assert.Null(await stores.DeadLetters.FindAsync("unknown", Cancel));
    }

    [Fact]
    public async Task A_letter_kept_again_replaces_the_first()
    {
        await using var stores = await OpenAsync();
        await stores.DeadLetters.AddAsync([Letter("l", "first"), Letter("l", "second")], Cancel);
        await stores.DeadLetters.AddAsync([Letter("l", "third")], Cancel);
        Assert.Equal(1, await stores.DeadLetters.CountAsync(Cancel));
        Assert.Equal("third", (await stores.DeadLetters.FindAsync("l", Cancel))!.Error);
    }

    [Fact]
    public async Task Letters_are_paged_newest_first_whatever_times_are_equal()
    {
        await using var stores = await OpenAsync();
        var letters = Enumerable.Range(0, 23).Select(n => Letter($"l-{n:00}", minutes: n % 3)).ToList();
        await stores.DeadLetters.AddAsync(letters, Cancel);
        var read = new List<DeadLetter>();
        string? cursor = null;
        do
        {
            var page = await stores.DeadLetters.ListAsync(cursor, 5, Cancel);
            Assert.InRange(page.Items.Count, 1, 5);
            read.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(letters.OrderByDescending(l => l.FailedAt).ThenByDescending(l => l.Id, StringComparer.Ordinal), read);
        await Assert.ThrowsAsync<FormatException>(() => stores.DeadLetters.ListAsync("not a cursor", 5, Cancel));
    }

    [Fact]
    public async Task A_removed_letter_is_gone()
    {
        await using var stores = await OpenAsync();
        await stores.DeadLetters.AddAsync([Letter("a"), Letter("b")], Cancel);
        Assert.True(await stores.DeadLetters.RemoveAsync("a", Cancel));
        Assert.False(await stores.DeadLetters.RemoveAsync("a", Cancel));
        Assert.Equal(1, await stores.DeadLetters.CountAsync(Cancel));
    }

    [Theory]
    [InlineData("file:a.csv", null, null, null, "l-0")]
    [InlineData("file", null, null, null, "l-0 l-1 l-4")]
    [InlineData("fil", null, null, null, "")]
    [InlineData(null, "OCCURREDAT must", null, null, "l-0 l-2")]
    [InlineData(null, "100%", null, null, "l-4")]
    [InlineData(null, null, 1, 3, "l-1 l-2")]
    [InlineData("kafka", "type", 3, null, "l-3")]
    [InlineData(null, null, null, null, "l-0 l-1 l-2 l-3 l-4")]
    public async Task Letters_are_listed_and_removed_by_source_reason_and_time(
        string? source, string? reason, int? since, int? before, string expected)
    {
        await using var stores = await OpenAsync();
        DeadLetter[] all =
        [
            Letter("l-0", "line 2: occurredAt must be a time", minutes: 0) with { Source = "file:a.csv" },
            Letter("l-1", "line 3: type is required", minutes: 1) with { Source = "file:b.csv" },
            Letter("l-2", "occurredAt must be a time", minutes: 2) with { Source = "projection:graph" },
            Letter("l-3", "type is required", minutes: 3) with { Source = "kafka" },
            Letter("l-4", "100% (of it) is wrong", minutes: 4) with { Source = "file:c.csv" },
        ];
        await stores.DeadLetters.AddAsync(all, Cancel);
        var filter = new DeadLetterFilter(
            source, reason, since is { } from ? Noon.AddMinutes(from) : null, before is { } to ? Noon.AddMinutes(to) : null);

        var listed = new List<string>();
        string? cursor = null;
        do
        {
            var page = await stores.DeadLetters.ListAsync(filter, cursor, 1, Cancel);
            listed.AddRange(page.Items.Select(letter => letter.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), listed.AsEnumerable().Reverse());
        Assert.Equal(listed.Count, await stores.DeadLetters.RemoveAsync(filter, Cancel));
        Assert.Equal(
            all.Select(letter => letter.Id).Except(listed),
            (await stores.DeadLetters.ListAsync(null, 10, Cancel)).Items.Select(letter => letter.Id).Reverse());
    }

    [Fact]
    public async Task A_letter_that_was_kept_again_since_it_was_read_is_not_removed()
    {
        await using var stores = await OpenAsync();
        await stores.DeadLetters.AddAsync([Letter("a"), Letter("b"), Letter("c")], Cancel);
        var read = (await stores.DeadLetters.ListAsync(null, 10, Cancel)).Items;
        await stores.DeadLetters.AddAsync([Letter("b", "failed again", minutes: 1)], Cancel);
        await stores.DeadLetters.RemoveAsync([.. read.Where(letter => letter.Id != "c")], Cancel);
        Assert.Equal(["b", "c"], (await stores.DeadLetters.ListAsync(null, 10, Cancel)).Items.Select(letter => letter.Id));
    }

    [Fact]
    public async Task The_letters_that_concern_a_user_are_theirs_and_those_of_nobody_that_name_them()
    {
        await using var stores = await OpenAsync();
        await stores.DeadLetters.AddAsync(
            [
                Letter("theirs", user: "u-1", minutes: 3),
                Letter("broken", payload: """{"User_ID": "u-1", "text":"no end""", minutes: 2),
                Letter("number", payload: """{"userId":17}""", minutes: 1),
                Letter("others", user: "u-2", payload: """{"userId":"u-2","text":"u-1"}"""),
                Letter("nobodys", payload: "u-1"),
                Letter("loose", payload: """{"visitor":"visitor-1"}"""),
            ],
            Cancel);
        Assert.Equal(["theirs", "broken"], (await stores.DeadLetters.OfUserAsync(new UserId("u-1"), Cancel)).Select(letter => letter.Id));
        Assert.Equal(["number"], (await stores.DeadLetters.OfUserAsync(new UserId("17"), Cancel)).Select(letter => letter.Id));
        Assert.Empty(await stores.DeadLetters.OfUserAsync(new UserId("visitor-1"), Cancel));
        foreach (var user in new[] { "u-1", "17", "visitor-1" })
        {
            await stores.DeadLetters.EraseAsync(new UserId(user), Cancel);
        }

        Assert.Equal(["nobodys", "others"], (await stores.DeadLetters.ListAsync(null, 10, Cancel)).Items.Select(letter => letter.Id).Order(StringComparer.Ordinal));
        Traces.None(await stores.BytesAsync(), "no end", "visitor-1");
    }

    [Fact]
    public async Task Erasing_a_user_removes_the_letters_that_concern_them()
    {
        await using var stores = await OpenAsync();
        await stores.DeadLetters.AddAsync(
            [Letter("a", user: "u-1", payload: "payload-to-forget"), Letter("b", user: "u-2", payload: "payload-to-keep"), Letter("c")], Cancel);
        await stores.DeadLetters.EraseAsync(new UserId("u-1"), Cancel);
        Assert.Equal(["b", "c"], (await stores.DeadLetters.ListAsync(null, 5, Cancel)).Items.Select(l => l.Id).Order(StringComparer.Ordinal));
        var disk = await stores.BytesAsync();
        Traces.None(disk, "payload-to-forget");
        Traces.Some(disk, "payload-to-keep");
    }

    private static DeadLetter Letter(string id, string error = "why", int minutes = 0, string? user = null, string? payload = null) =>
        new(id, "file:sample", error, Noon.AddMinutes(minutes), null, user is null ? null : new UserId(user), payload);
}
