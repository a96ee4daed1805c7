using System.Globalization;
using Marketing.Domain;

namespace Marketing.Ingest.Generate;

/// <summary>The generated users: their interests, their current interest and how active they are.</summary>
internal sealed class Population
{
    private readonly Interest[] _first;
    private readonly Interest[] _second;
    private readonly Interest[] _mind;
    private readonly string[] _names;
    private readonly AliasTable _activity;
    private readonly Vocabulary _words;

    public Population(int count, Vocabulary words, Random random)
    {
        _words = words;
        _first = new Interest[count];
        _second = new Interest[count];
        _names = new string[count];
        var activity = new double[count];
        for (var i = 0; i < count; i++)
        {
            _names[i] = string.Create(CultureInfo.InvariantCulture, $"user-{i + 1:D7}");
            _first[i] = Interest.Draw(random, words);
            _second[i] = Interest.Draw(random, words);

            // Pareto with exponent 1.6, capped at a thousand times the minimum: the top one percent does about a sixth of everything.
            activity[i] = Math.Min(1000, Math.Pow(1 - random.NextDouble(), -1 / 1.6));
        }

        _mind = [.. _first];
        _activity = new AliasTable(activity);
    }

    /// <summary>Draws the user of the next interaction.</summary>
    public int Draw(Random random) => _activity.Draw(random);

    public UserId Id(int user) => new(_names[user]);

    /// <summary>The user's current interest: the subject of the last chat, else the main interest.</summary>
    public Interest Mind(int user) => _mind[user];

    /// <summary>Draws the user's next interest: usually an old one, sometimes another subject of its topic, rarely a new one.</summary>
    public Interest Turn(int user, Random random)
    {
        var next = random.NextDouble() switch
        {
            < 0.55 => _first[user],
            < 0.75 => _second[user],
            < 0.9 => _first[user] with { Subject = (byte)random.Next(Vocabulary.SubjectsPerTopic) },
            _ => Interest.Draw(random, _words),
        };
        return _mind[user] = next;
    }
}
