"""The pages a person uses: sign-in as anyone, course, assignment with its tool, gradebook."""
