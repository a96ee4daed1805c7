namespace Marketing.Evaluation.MovieLens;

/// <summary>A line of u.data.</summary>
/// <param name="User">The user.</param>
/// <param name="Item">The movie.</param>
/// <param name="At">When it was rated.</param>
internal readonly record struct Rating(string User, string Item, DateTimeOffset At);
