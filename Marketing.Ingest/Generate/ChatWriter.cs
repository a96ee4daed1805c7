using System.Globalization;
using System.Text;

namespace Marketing.Ingest.Generate;

/// <summary>Writes chat messages about a subject, with enough variation that most messages are unique.</summary>
internal sealed class ChatWriter(Vocabulary words, Random random)
{
    private readonly StringBuilder _text = new(256);

    public string Write(Interest interest)
    {
        var topic = words.Topics[interest.Topic];
        var subject = topic.Subjects[interest.Subject];
        _text.Clear();
        if (random.Next(4) == 0)
        {
            _text.Append("With my ").Append(subject).Append(' ').Append(Pick(topic.Troubles)).Append(", what now?");
        }
        else
        {
            Fill(Pick(words.Openers), subject);
            Maybe(3, words.People);
            Maybe(2, words.Occasions);
            if (random.Next(5) < 3)
            {
                _text.Append(' ').Append(Pick(words.Links)).Append(' ').Append(Pick(topic.Needs));
            }

            _text.Append(". ");
        }

        _text.Append(' ');
        Fill(Pick(words.Closers), subject);
        return _text.Replace(".  ", ". ").ToString();
    }

    /// <summary>The text of a campaign for a subject.</summary>
    public string Pitch(Interest interest)
    {
        var topic = words.Topics[interest.Topic];
        _text.Clear();
        Fill(Pick(words.Pitches), topic.Subjects[interest.Subject]);
        return _text.Append(". For everybody who says: ").Append(Pick(topic.Needs)).Append('.').ToString();
    }

    private string Pick(string[] phrases) => phrases[random.Next(phrases.Length)];

    private void Maybe(int oneIn, string[] phrases)
    {
        if (random.Next(oneIn) == 0)
        {
            _text.Append(' ').Append(Pick(phrases));
        }
    }

    private void Fill(string template, string subject)
    {
        var rest = template.AsSpan();
        for (var open = rest.IndexOf('{'); open >= 0; open = rest.IndexOf('{'))
        {
            var close = rest.IndexOf('}');
            _text.Append(rest[..open]);
            _ = rest[(open + 1)..close] switch
            {
                "subject" => _text.Append(subject),
                "place" => _text.Append(Pick(words.Places)),
                "amount" => _text.Append(CultureInfo.InvariantCulture, $"{random.Next(15, 2000)}"),
                "percent" => _text.Append(CultureInfo.InvariantCulture, $"{5 * random.Next(1, 11)}"),
                "days" => _text.Append(CultureInfo.InvariantCulture, $"{random.Next(2, 30)}"),
                _ => _text.Append(CultureInfo.InvariantCulture, $"{random.Next(2, 12)}"),
            };
            rest = rest[(close + 1)..];
        }

        _text.Append(rest);
    }
}
